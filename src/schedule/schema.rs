//! The schedule's JSON Schema, for editors.

/// Draft 7, which the editors' YAML extensions know best. It lies beside the
/// schedules, whose first line names it.
pub const SCHEMA: &str = include_str!("../../data/schedule.schema.json");

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::schedule::color::Color;
    use crate::schedule::fields::Section;
    use crate::schedule::model::{Access, Cancellations, Conformance, Rhythm, Status};
    use crate::texts::Language;

    fn at(pointer: &str) -> Value {
        let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        schema.pointer(pointer).expect(pointer).clone()
    }

    fn pointer(section: Section) -> &'static str {
        match section {
            Section::Schedule => "/properties",
            Section::Calendar => "/properties/calendar/properties",
            Section::Organizer => "/properties/calendar/properties/organizer/properties",
            Section::Link => "/definitions/namedLink/properties",
            Section::Accessibility => "/properties/calendar/properties/accessibility/properties",
            Section::Contact => {
                "/properties/calendar/properties/accessibility/properties/contact/properties"
            }
            Section::District => "/properties/districts/items/properties",
            Section::Venue => "/properties/venues/items/properties",
            Section::Location => "/properties/venues/items/properties/location/properties",
            Section::Session => "/properties/sessions/items/properties",
            Section::Results => "/properties/sessions/items/properties/results/properties",
            Section::ResultLink => {
                "/properties/sessions/items/properties/results/properties/links/items/properties"
            }
        }
    }

    #[test]
    fn the_schema_has_the_keys_that_the_program_reads() {
        for &section in Section::ALL {
            let properties = at(pointer(section));
            let mut told: Vec<&str> = properties
                .as_object()
                .expect("keys")
                .keys()
                .map(String::as_str)
                .collect();
            let mut read = section.keys().to_vec();
            told.sort_unstable();
            read.sort_unstable();
            assert_eq!(told, read, "{section:?}");
        }
    }

    #[test]
    fn every_key_is_explained_in_polish_and_english() {
        for &section in Section::ALL {
            for (key, property) in at(pointer(section)).as_object().expect("keys") {
                let words = property["markdownDescription"].as_str().expect(key);
                let english = words.split("\n\n").last().expect("a paragraph");
                assert!(english.starts_with('*') && english.ends_with('*'), "{key}");
                assert!(property["description"].is_string(), "{key}");
            }
        }
    }

    #[test]
    fn the_schema_has_the_values_that_the_program_takes() {
        let calendar = pointer(Section::Calendar);
        let venue = pointer(Section::Venue);
        let session = pointer(Section::Session);
        for (place, mut values) in [
            (
                format!("{calendar}/language"),
                Language::ALL.map(Language::code).to_vec(),
            ),
            (
                format!("{calendar}/color"),
                Color::all().map(Color::name).collect(),
            ),
            (
                format!("{calendar}/cancellations"),
                Cancellations::ALL.iter().map(|it| it.key()).collect(),
            ),
            (
                format!("{calendar}/rhythm"),
                Rhythm::ALL.iter().map(|it| it.key()).collect(),
            ),
            (
                format!("{}/status", pointer(Section::Accessibility)),
                Conformance::ALL.iter().map(|it| it.key()).collect(),
            ),
            (
                format!("{venue}/access/items"),
                Access::ALL.iter().map(|it| it.key()).collect(),
            ),
            (
                format!("{session}/status"),
                Status::ALL.iter().map(|it| it.key()).collect(),
            ),
        ] {
            let told = at(&format!("{place}/enum"));
            // An empty optional value counts as none.
            let mut told: Vec<&str> = told
                .as_array()
                .expect("values")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            told.sort_unstable();
            values.sort_unstable();
            assert_eq!(told, values, "{place}");
        }
    }
}
