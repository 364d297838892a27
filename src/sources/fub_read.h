#pragma once

// How FUB's JSON becomes our records. Internal to sources/fub; tests read it too.

#include <map>
#include <string>

#include "base/json.h"
#include "sources/fub.h"

namespace dreams::sources::fub_read {

/// The one list in an answer, whatever its key's case (fub-api §3). Throws Error{unavailable}:
/// the answer holds none.
const json::Array& rows(const json::Value& answer, std::string_view collection);

/// Fills total, next and the page's size from `_metadata`.
template <class Item>
void read_metadata(const json::Value& answer, Page<Item>& page) {
    const json::Object* metadata = json::object(answer, "_metadata");
    if (!metadata) return;
    page.total = json::integer(*metadata, "total");
    page.next = json::text(*metadata, "next").value_or("");
}

// Each throws Error{invalid} with the sentence why a row cannot be kept.
FubPerson person(const json::Value& row);
FubEvent event(const json::Value& row, const std::map<std::string, std::string>& types);
FubCommunication call(const json::Value& row);
FubCommunication text_message(const json::Value& row);
FubCommunication email(const json::Value& row, const FubId& asked_for);

/// `Saved Property Search` → `saved_property_search`.
std::string snake_case(std::string_view type);
/// What an event type is kept as: the office's own word, else the built-in one.
std::string kept_as(std::string_view type, const std::map<std::string, std::string>& types);

}  // namespace dreams::sources::fub_read
