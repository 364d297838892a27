#pragma once

#include <string>

#include "base/html.h"
#include "delivery/channel.h"
#include "delivery/news.h"
#include "model/brief.h"

namespace dreams::delivery {

/// What a morning page is about, in one line without a person's name: `10 people to call, 3 homes
/// changed`.
std::string brief_summary(const Brief& brief);

/// The page, for mail and the dashboard alike.
html::Safe brief_content(const Brief& brief, const Reading& reading);

/// The same as text.
std::string brief_text(const Brief& brief, const Reading& reading);

Message brief_message(const Brief& brief, const Reading& reading);

}  // namespace dreams::delivery
