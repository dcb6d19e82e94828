//! The browser's way in; everything else is in the library, so that tests can reach it.

fn main() {
    bantin::start();
}
