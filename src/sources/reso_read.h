#pragma once

// How a row of RESO's Property becomes our records. Internal to sources/reso; tests read it too.

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "sources/reso.h"
#include "sources/reso_host.h"
#include "sources/reso_values.h"

namespace dreams::sources::reso_read {

/// The fields that are asked for and read, and no others: what only agents may see
/// (PrivateRemarks, ShowingInstructions, LockBox…) is not among them, so that it gets nowhere.
std::vector<std::string> fields(const ResoHost& host);

/// ListingKey, else ListingId.
std::optional<std::string> key(const json::Value& row);

/// Throws Error{invalid}, with the sentence why it cannot be kept.
ResoListing listing(const json::Value& row, const ResoHost& host, const std::string& system);

/// What may be kept of a row that cannot be read: those fields alone.
std::string raw(const json::Value& row, const ResoHost& host);

}  // namespace dreams::sources::reso_read
