#pragma once

#include "delivery/wording.h"

namespace dreams::web {

// Pages say numbers and times as mail does.
using delivery::ago;
using delivery::counted;
using delivery::day_text;
using delivery::dialled;
using delivery::fit_text;
using delivery::label_of;
using delivery::moment_text;
using delivery::money;
using delivery::name_of_source;
using delivery::shown_phone;
using delivery::signed_points;
using delivery::size_text;
using delivery::source_text;
using delivery::time_text;
using delivery::took_text;

}  // namespace dreams::web
