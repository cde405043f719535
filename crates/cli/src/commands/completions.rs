//! `mizan completions` and `mizan man`.

use mizan_text::Messages;

use crate::arguments::help;
use crate::failure::{Exit, Failure};
use crate::output;

/// Writes completions for a shell.
pub fn completions(shell: clap_complete::Shell, messages: &Messages) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut help::described(messages), "mizan", &mut text);
    output::print(&String::from_utf8_lossy(&text));
    Exit::Done
}

/// Writes the manual page: the program, then every command.
pub fn man(messages: &Messages) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    let mut pages = vec![(String::from("mizan"), help::command(messages))];
    while !pages.is_empty() {
        let (name, command) = pages.remove(0);
        let inner: Vec<_> = command
            .get_subcommands()
            .filter(|inner| inner.get_name() != "help")
            .map(|inner| (format!("{name}-{}", inner.get_name()), inner.clone()))
            .collect();
        clap_mangen::Man::new(command.name(leak(&name)))
            .render(&mut text)
            .map_err(|error| Failure::internal(error.to_string()))?;
        pages.extend(inner);
    }
    output::print(&String::from_utf8_lossy(&text));
    Ok(Exit::Done)
}

/// clap keeps names for as long as the program runs; there are some twenty.
fn leak(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}
