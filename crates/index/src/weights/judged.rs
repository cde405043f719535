//! Whether elements can be compared by judges.

use super::Work;
use crate::codes;

impl Work<'_> {
    /// Judges compare an element with its siblings: all children of a parent are named or none, and no ancestor with what
    /// is below it. A weight says something beside those of its siblings only, and theirs would be of another measure.
    pub(super) fn judged(&mut self, names: &[&String]) {
        let structure = self.structure;
        let named: Vec<usize> = names.iter().filter_map(|code| structure.position(code)).collect();
        let code = |element: usize| structure.elements[element].code.as_str();
        let help = "name all children of a parent and nothing above or below them, one step `weigh` a parent";
        for &element in &named {
            let mut above = structure.parents[element];
            let Some(parent) = above else {
                let message = format!("`weigh` names `{}`, the top of the tree, which has no weight", code(element));
                self.error(codes::PARAMETER, message, help);
                continue;
            };
            while let Some(ancestor) = above {
                if named.contains(&ancestor) {
                    let message = format!(
                        "`weigh` compares `{}` with `{}`, of which it is a part",
                        code(element),
                        code(ancestor)
                    );
                    self.error(codes::PARAMETER, message, help);
                }
                above = structure.parents[ancestor];
            }
            let siblings = &structure.children[parent];
            // Once a parent.
            if siblings.iter().find(|sibling| named.contains(*sibling)) != Some(&element) {
                continue;
            }
            if let Some(&missing) = siblings.iter().find(|sibling| !named.contains(*sibling)) {
                let message = format!(
                    "`weigh` names `{}` and not its sibling `{}`, whose weight is of another measure",
                    code(element),
                    code(missing)
                );
                self.error(codes::PARAMETER, message, help);
            }
        }
    }
}
