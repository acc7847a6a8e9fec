//! A pen for XML 1.0: elements that close themselves, words that stay words.

/// Writes a document, element in element.
#[derive(Debug)]
pub struct Pen {
    written: String,
    open: Vec<&'static str>,
}

impl Pen {
    /// Begins a document.
    pub fn new() -> Self {
        Pen { written: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Writes an element with what is in it.
    pub fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Pen)) {
        self.begin(name, attributes);
        let before = self.written.len();
        self.written.push('>');
        self.open.push(name);
        inside(self);
        self.open.pop();
        if self.written.len() == before + 1 {
            self.written.truncate(before);
            self.written.push_str("/>");
        } else {
            self.line();
            self.written.extend(["</", name, ">"]);
        }
    }

    /// Writes an element that holds words.
    pub fn words(&mut self, name: &'static str, attributes: &[(&str, &str)], words: &str) {
        self.begin(name, attributes);
        self.written.push('>');
        escape(words, &mut self.written);
        self.written.extend(["</", name, ">"]);
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.written.push_str("/>");
    }

    /// Ends the document.
    pub fn done(mut self) -> String {
        self.written.push('\n');
        self.written
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        if !self.open.is_empty() {
            self.line();
        }
        self.written.extend(["<", name]);
        for (name, value) in attributes {
            self.written.extend([" ", name, "=\""]);
            escape(value, &mut self.written);
            self.written.push('"');
        }
    }

    /// Begins a line. Words and elements never stand side by side here, so it is no word of anyone.
    fn line(&mut self) {
        self.written.push('\n');
        self.written.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

/// Writes words so that a reader gets them back exactly; what XML 1.0 cannot hold becomes U+FFFD.
fn escape(words: &str, written: &mut String) {
    for c in words.chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            // Bare, a reader makes a space or a line feed of them.
            '\r' => written.push_str("&#13;"),
            '\n' => written.push_str("&#10;"),
            '\t' => written.push_str("&#9;"),
            c if holds(c) => written.push(c),
            _ => written.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Tells whether XML 1.0 can hold a character.
fn holds(c: char) -> bool {
    c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}
