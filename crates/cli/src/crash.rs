//! A defect of the program leaves a file that can be sent, and exit code 70.

use std::path::PathBuf;

use mizan_text::Text;

use crate::failure::Exit;

/// Turns a panic into a crash file and exit code 70.
pub fn install_hook(text: std::sync::Arc<Text>) {
    std::panic::set_hook(Box::new(move |info| {
        let trace = std::backtrace::Backtrace::force_capture();
        let arguments: Vec<_> = std::env::args_os().collect();
        let report = format!("mizan {}\n{arguments:?}\n\n{info}\n\n{trace}\n", env!("CARGO_PKG_VERSION"));
        let path = path();
        let told = match std::fs::write(&path, &report) {
            Ok(()) => text.messages.error_internal(&path.display().to_string()),
            Err(_) => report,
        };
        let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("{told}\n"));
        std::process::exit(Exit::Internal as i32);
    }));
}

fn path() -> PathBuf {
    std::env::temp_dir().join(format!("mizan-crash-{}.txt", std::process::id()))
}
