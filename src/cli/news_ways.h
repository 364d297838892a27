#pragma once

#include "cli/context.h"
#include "jobs/tell.h"

namespace dreams::cli {

/// Where news goes by the settings `mail.*`, `notify.*` and `web.public_url`. The context has to
/// outlive it. Throws Error{invalid}: a setting that cannot be read.
jobs::WaysOut news_ways(const Context& context);

/// Whether any channel is set up.
bool any_way_out(const Context& context);

}  // namespace dreams::cli
