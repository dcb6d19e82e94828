//! Any bytes as a manifest: reading them and asking whatever they then are ends soon, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use search_index::{Inquiry, Manifest, Query, Step, build::with_sum};
use std::sync::Arc;

fuzz_target!(|data: (&str, &[u8])| {
    let (words, bytes) = data;
    let Ok(manifest) = Manifest::read(&with_sum(bytes)) else { return };
    let query = Query { words: words.into(), ..Query::default() };
    let mut inquiry = Inquiry::new(Arc::new(manifest), &query);
    // A manifest of some bytes can name very many documents; looking at all of them takes very many steps.
    for _ in 0..200 {
        match inquiry.step() {
            Ok(Step::Load(names)) => {
                let file = with_sum(&[]);
                names.into_iter().for_each(|name| {
                    let _ = inquiry.give(name, &file);
                });
            }
            Ok(Step::Work) => {}
            Ok(Step::Texts(_)) | Err(_) => break,
            Ok(Step::Done) => {
                inquiry.outcome().places(0..10);
                break;
            }
        }
    }
});
