#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "model/sighting.h"
#include "sources/json_values.h"

namespace dreams::sources {

/// A listing page as the browser extension saw it: what it says of a home, and what the agent said
/// beside it.
struct Capture {
    Sighting said;
    HomeWorkflow workflow;           ///< none: not said
    std::string source = "api";      ///< `redfin`, `zillow`, `realtor`, or what the sender calls it
    std::optional<Instant> seen_at;  ///< when the page was read; none: not said
    bool named_status = false;       ///< a status was said, be it one that tells nothing (`OTHER`)
};

struct CaptureReading {
    Capture capture;
    std::vector<FieldRemark> refused;  ///< not empty: keep nothing of it
    std::vector<FieldRemark> ignored;  ///< left out, and no loss: a link that is no web address
    std::vector<std::string> unknown;  ///< keys that nobody reads
};

/// Reads the payload of `POST /api/v1/properties`. Null and empty texts are "not said". Numbers may
/// come as text (`"$450,000"`, `"1,176 sq ft"`), ids, ZIP and telephone as whole numbers, and what
/// heats, cools, drains and covers a home, and its garage, as lists. Throws Error{invalid}: it is
/// no JSON object.
CaptureReading read_capture(const json::Value& payload);

/// A key that read_capture knows, and the JSON type that it is meant to have.
struct CaptureKey {
    std::string_view name, type;  ///< `string`, `integer`, `number`, `array`, `boolean`
};
const std::vector<CaptureKey>& capture_keys();

}  // namespace dreams::sources
