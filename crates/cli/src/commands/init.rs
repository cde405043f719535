//! `mizan init`: a new node with commented settings and a mapping pack.

use crate::arguments::InitArguments;
use crate::commands::Session;
use crate::embedded;
use crate::failure::{Exit, Failure};
use crate::node::{write_file, write_key};
use crate::settings;

/// Makes the node. One that is there already is left alone.
pub fn run(arguments: &InitArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let messages = &session.text.messages;
    let folder = &arguments.folder;
    let shown = folder.display().to_string();
    if folder.join(settings::FILE).exists() {
        session.report.say(&messages.init_exists(&shown));
        return Ok(Exit::Done);
    }
    let text = settings_text(arguments, session);
    let checked = settings::read(&text);
    if !checked.is_usable() {
        let texts = [(settings::FILE.to_owned(), text)].into();
        return Err(Failure::findings(Exit::Usage, checked.diagnostics, texts));
    }
    for (file, content) in embedded::pack(&arguments.mapping) {
        write_file(&folder.join("mappings").join(file), content.as_bytes())?;
    }
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| Failure::internal(format!("no random numbers: {error}")))?;
    write_key(folder, &key)?;
    write_file(&folder.join(".gitignore"), IGNORED.as_bytes())?;
    // Last, so that an interrupted `init` is no node yet.
    write_file(&folder.join(settings::FILE), text.as_bytes())?;
    session.report.say(&messages.init_created(&shown));
    session.report.say(&messages.init_next(&shown, &folder.join("mappings").display().to_string()));
    Ok(Exit::Done)
}

/// What must never be shared by accident.
const IGNORED: &str = ".mizan-key\n.lock\n.staging/\n.spill/\nrecords/\nquarantine/\nparts/\n";

fn settings_text(arguments: &InitArguments, session: &Session<'_>) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let name = if arguments.name.is_empty() { &arguments.code } else { &arguments.name };
    format!(
        r#"# A node of Mizan: the records of one administration, and what is measured from them. Nothing leaves this folder by itself.
schema       = "node/1"

# IANA zone of the administration: it fixes days and months, and reads local times that carry no zone of their own.
zone         = {zone}
# National currency, ISO 4217. Amounts in other currencies need a rate in the mapping.
currency     = {currency}
# Language of texts where the reader asks for none: en, fr, es, ru, ar, zh or pt.
language     = {language}
# `open-customs` is the framework that the program carries; a path means a folder beside this file.
framework    = "open-customs"
# Month in which the fiscal year starts; 1 is the calendar year.
fiscal_start = 1
# When the extracts were made; without it, what the mappings say, else the latest time stamp of the records.
# as_of      = "2026-02-15"

[administration]
code = {code}
name = {name}

# Opening hours, for clocks that count working hours. Without this: Monday to Friday, 08:00 to 17:00.
# [calendar]
# monday = ["08:00", "17:00"]
# friday = ["08:00", "12:00"]
# sunday = []
# closed = ["2025-12-25"]
#
# [calendar.offices.AIR01]
# sunday = ["00:00", "24:00"]
"#,
        zone = quoted(&arguments.zone),
        currency = quoted(&arguments.currency),
        language = quoted(&session.text.locale.to_string()),
        code = quoted(&arguments.code),
        name = quoted(name),
    )
}
