//! Codes and names of invented countries.

/// Stems of names; none is a country, a nationality or a person.
const STEMS: [&str; 48] = [
    "Aldar", "Belvor", "Cardun", "Derval", "Eskar", "Fenwar", "Galdun", "Harvun", "Iskel", "Jorval", "Keldar",
    "Lorvek", "Melvun", "Norvar", "Ostrel", "Pelvar", "Quendar", "Rosvar", "Selkar", "Torvan", "Ulvar", "Verdan",
    "Weskar", "Xandel", "Yelvar", "Zolvan", "Arkel", "Brenvar", "Corvel", "Dastel", "Elvun", "Farnuk", "Gresk",
    "Holvar", "Imbrel", "Jaskar", "Kortun", "Lunvar", "Morvel", "Nesbar", "Orvel", "Prenvar", "Ralkun", "Sturvel",
    "Tarnel", "Uskar", "Vintar", "Welkun",
];

/// Endings of names.
const ENDINGS: [&str; 5] = ["ia", "land", "mark", "ora", "eth"];

/// Most administrations that have a name.
pub(super) const MOST: usize = STEMS.len() * ENDINGS.len();

/// Code of administration number `index`: `QMA`, `QMB`, … from the part of ISO 3166-1 alpha-3 that is left to its users
/// (`QMA` to `QZZ`), so that no country can ever have it.
pub(super) fn code(index: usize) -> String {
    let letter = |first: u8, offset: usize| char::from(first + offset as u8);
    [letter(b'Q', 0), letter(b'M', index / 26), letter(b'A', index % 26)].into_iter().collect()
}

/// Name of administration number `index`, below [`MOST`]; no two have the same.
pub(super) fn name(index: usize) -> String {
    let stem = index % STEMS.len();
    format!("{}{}", STEMS[stem], ENDINGS[(index / STEMS.len() + stem) % ENDINGS.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_codes_are_left_to_users() {
        let codes: BTreeSet<String> = (0..MOST).map(code).collect();
        let names: BTreeSet<String> = (0..MOST).map(name).collect();
        assert_eq!((codes.len(), names.len()), (MOST, MOST));
        assert!(codes.iter().all(|code| ("QMA".."QZZ").contains(&code.as_str()) && code.len() == 3));
        assert_eq!((code(0), code(59)), ("QMA".to_owned(), "QOH".to_owned()));
        assert_eq!((name(0), name(48)), ("Aldaria".to_owned(), "Aldarland".to_owned()));
    }
}
