#pragma once

#include "base/json_writer.h"
#include "jobs/notify.h"

namespace dreams::cli {

/// Adds to the object that is open which channels took a message, and why the others did not.
void write_members(json::Writer& json, const jobs::Notified& notified);

}  // namespace dreams::cli
