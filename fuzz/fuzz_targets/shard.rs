//! Any bytes for the files of a good index: asking it ends soon, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use search_index::{
    Inquiry, Manifest, Query, ShortForms, Step,
    build::{LARGE, Progress, Settings, Shelf, Text, build, with_sum},
};
use std::sync::{Arc, OnceLock};

/// The manifest of an index of 100 articles.
fn manifest() -> Arc<Manifest> {
    static MANIFEST: OnceLock<Arc<Manifest>> = OnceLock::new();
    let made = MANIFEST.get_or_init(|| {
        let shelf = Shelf { category: None, published: (0..100).map(|day| day * 86_400).collect() };
        let text = |_: usize, number: u32| Text {
            title: format!("Hội nghị giáo dục lần {number}").into(),
            body: "Học sinh và giáo viên cả nước.".into(),
            ..Text::default()
        };
        let settings = Settings {
            memory: 1 << 24,
            spill: std::env::temp_dir().join("bantin-fuzz"),
            short_forms: ShortForms::new(),
            large: LARGE,
            progress: &|_: Progress| {},
        };
        let built = build(&[shelf], &text, &settings, &mut |_, _| Ok(())).expect("an index");
        Arc::new(Manifest::read(&built.manifest).expect("a good manifest"))
    });
    made.clone()
}

fuzz_target!(|data: &[u8]| {
    for words in ["hội nghị", "giao duc", "\"học sinh và\" -cả", "lần 7"] {
        let query = Query { words: words.into(), ..Query::default() };
        let mut inquiry = Inquiry::new(manifest(), &query);
        for _ in 0..200 {
            match inquiry.step() {
                Ok(Step::Load(names)) => {
                    let file = with_sum(data);
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
    }
});
