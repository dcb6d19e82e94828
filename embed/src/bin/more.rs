//! What few hosts ask for: search, an article, the calendar, figures. (A helper writes it.)

fn main() {}
