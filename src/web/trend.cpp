#include "web/trend.h"

#include "templates/trend.h"

namespace dreams::web {

html::Safe trend_mark(std::optional<Trend> trend) {
    if (!trend) return {};
    const std::string_view arrow = *trend == Trend::warming   ? "↗"
                                   : *trend == Trend::cooling ? "↘"
                                                              : "→";
    return html::render<templates::trend>(html::arg<"trend">(*trend), html::arg<"arrow">(arrow));
}

}  // namespace dreams::web
