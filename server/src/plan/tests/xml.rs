//! Reads XML as strictly as a chart needs it: elements that nest, attributes in quotes, known entities.

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// Its own text, entities read.
    pub(super) text: String,
}

impl Element {
    /// The only element of a text.
    #[track_caller]
    pub(super) fn read(text: &str) -> Self {
        let mut open = vec![Self::default()];
        let mut rest = text;
        while let Some((before, tag)) = rest.split_once('<') {
            open.last_mut().expect("inside").text += &plain(before);
            let (tag, after) = tag.split_once('>').expect("a tag that ends");
            rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                let done = open.pop().expect("an element that is open");
                assert_eq!(done.name, name, "elements nest");
                open.last_mut().expect("inside").children.push(done);
            } else if let Some(tag) = tag.strip_suffix('/') {
                open.last_mut().expect("inside").children.push(begun(tag));
            } else {
                open.push(begun(tag));
            }
        }
        assert_eq!(rest.trim(), "", "nothing after the last element");
        assert_eq!(open.len(), 1, "every element is closed");
        let mut root = open.pop().expect("one").children;
        assert_eq!(root.len(), 1, "one element holds all");
        root.pop().expect("one")
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every element in it that has this attribute with this value.
    pub(super) fn all(&self, name: &str, value: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.attribute(name) == Some(value) {
                found.push(child);
            }
            found.extend(child.all(name, value));
        }
        found
    }

    /// The first child of this name.
    #[track_caller]
    pub(super) fn child(&self, name: &str) -> &Self {
        let mut children = self.children.iter();
        children.find(|child| child.name == name).expect("a child")
    }

    #[track_caller]
    pub(super) fn figure(&self, name: &str) -> f64 {
        let written = self.attribute(name).expect("an attribute");
        written.parse().expect("a figure")
    }
}

fn begun(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element {
        name: name.to_owned(),
        ..Element::default()
    };
    while let Some((name, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').expect("a value in quotes");
        element
            .attributes
            .push((name.trim().to_owned(), plain(value)));
        rest = after;
    }
    assert_eq!(rest.trim(), "", "attributes have values in {tag}");
    element
}

/// Text with its entities read; XML has no other use for `&` and no place for `<`.
fn plain(text: &str) -> String {
    let mut read = String::new();
    let mut parts = text.split('&');
    read += parts.next().unwrap_or_default();
    for part in parts {
        let (entity, after) = part.split_once(';').expect("an entity that ends");
        read += match entity {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => panic!("an entity that nobody knows: {other}"),
        };
        read += after;
    }
    assert!(!read.contains(['\u{0}', '\u{1b}', '\u{ffff}']), "{read:?}");
    read
}
