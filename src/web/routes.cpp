#include "web/routes.h"

#include <algorithm>

#include "web/agent_log.h"
#include "web/api_contacts.h"
#include "web/api_orders.h"
#include "web/api_properties.h"
#include "web/brief.h"
#include "web/calls.h"
#include "web/dictionary.h"
#include "web/doubtful.h"
#include "web/file.h"
#include "web/health.h"
#include "web/homes.h"
#include "web/imports.h"
#include "web/matches.h"
#include "web/notion.h"
#include "web/people.h"
#include "web/person.h"
#include "web/static_files.h"
#include "web/syncs.h"
#include "web/timetable.h"

namespace dreams::web {
namespace {

constexpr Route all[] = {
    {"/", get_root},
    {"/calls", get_calls},
    {"/brief", get_brief},
    {"/people", get_people},
    {"/people/{id}", get_person},
    {"/people/{id}/done", post_done, "POST"},
    {"/people/{id}/log", post_log, "POST"},
    {"/people/{id}/log/{activity}/undo", post_undo_log, "POST"},
    {"/properties", get_homes},
    {"/properties/{id}", get_home},
    {"/matches", get_matches},
    {"/matches/{match}/status", post_match_status, "POST"},
    {"/matches/{match}/notes", post_match_notes, "POST"},
    {"/imports", get_imports},
    {"/imports", post_files, "POST"},
    {"/imports/uploads/{upload}", get_upload},
    {"/imports/uploads/{upload}", post_upload, "POST"},
    {"/imports/{import}", get_import},
    {"/imports/{import}/undo", post_undo_import, "POST"},
    {"/doubtful", get_doubtful},
    {"/doubtful/join", post_join, "POST"},
    {"/doubtful/apart", post_apart, "POST"},
    {"/doubtful/apart/undo", post_undo_apart, "POST"},
    {"/doubtful/joins/{join}/undo", post_undo_join, "POST"},
    {"/notion", get_notion},
    {"/notion/preview", post_notion_preview, "POST"},
    {"/notion/properties", post_notion_properties, "POST"},
    {"/notion/sync", post_notion_run, "POST"},
    {"/notion/conflicts/{conflict}", post_notion_choice, "POST"},
    {"/notion/homes/{home}/page", post_notion_page, "POST"},
    {"/syncs", get_syncs},
    {"/timetable", get_timetable},
    {"/timetable/{job}/run", post_run_job, "POST"},
    {"/file", get_file},
    {"/file/compare", post_compare, "POST"},
    {"/file/claim", post_claim, "POST"},
    {"/file/conflicts/{conflict}", post_merge_choice, "POST"},
    {"/dictionary", get_dictionary},
    {"/health", get_health},
    {"/metrics", get_metrics},
    {"/static/{file}", get_static},
    {"/api/v1/calls", get_calls},
    {"/api/v1/brief", get_brief},
    {"/api/v1/people", get_people},
    {"/api/v1/people/{id}", get_person},
    {"/api/v1/matches", get_matches},
    {"/api/v1/imports", get_imports},
    {"/api/v1/imports/{import}", get_import},
    {"/api/v1/doubtful", get_doubtful},
    {"/api/v1/notion", get_notion},
    {"/api/v1/syncs", get_syncs},
    {"/api/v1/timetable", get_timetable},
    {"/api/v1/file", get_file},
    {"/api/v1/file/compare", post_compare, "POST"},
    {"/api/v1/dictionary", get_dictionary},
    {"/api/v1/properties", get_property_rows},
    {"/api/v1/properties", post_property, "POST"},
    {"/api/v1/properties/batch", post_properties, "POST"},
    {"/api/v1/properties/check", get_property_check},
    {"/api/v1/properties/{id}", get_property_row},
    {"/api/v1/properties/{id}/contacts", get_property_contacts},
    {"/api/v1/properties/{id}/validate-idx", post_validate_idx, "POST"},
    {"/api/v1/contacts", get_contacts},
    {"/api/v1/contacts", post_contact, "POST"},
    {"/api/v1/contacts/bulk", post_contacts, "POST"},
    {"/api/v1/contacts/hot", get_hot_contacts},
    {"/api/v1/contacts/stats", get_contact_stats},
    {"/api/v1/contacts/fub/{fub_id}", get_contact_by_fub_id},
    {"/api/v1/contacts/{id}", get_contact},
    {"/api/v1/contacts/{id}/properties", get_contact_properties},
    {"/api/v1/contacts/{id}/properties/{property_id}", post_contact_property, "POST"},
    {"/api/v1/sync/idx-validation", post_sync_idx, "POST"},
    {"/api/v1/sync/notion", post_sync_notion, "POST"},
    {"/health/notion", get_notion_health},
};

/// What a path has where `pattern` has `{…}`; none: it does not fit.
std::optional<std::vector<std::string>> segments_of(std::string_view pattern,
                                                    std::string_view path) {
    std::vector<std::string> segments;
    while (true) {
        const auto step = pattern.substr(0, pattern.find('/'));
        const auto part = path.substr(0, path.find('/'));
        if (step.starts_with('{') && !part.empty())
            segments.emplace_back(part);
        else if (step != part)
            return std::nullopt;
        const bool more = step.size() < pattern.size();
        if (more != (part.size() < path.size())) return std::nullopt;
        if (!more) return segments;
        pattern.remove_prefix(step.size() + 1);
        path.remove_prefix(part.size() + 1);
    }
}

}  // namespace

std::span<const Route> routes() {
    return all;
}

bool has_page(std::string_view path) {
    return std::ranges::any_of(all, [&](const Route& route) {
        return route.method == "GET" && segments_of(route.path, path).has_value();
    });
}

Found find_route(Request& request) {
    Found found;
    for (const auto& route : all) {
        auto segments = segments_of(route.path, request.path());
        if (!segments) continue;
        if (found.methods.find(route.method) == std::string::npos)
            found.methods += (found.methods.empty() ? "" : ", ") + std::string(route.method) +
                             (route.method == "GET" ? ", HEAD" : "");
        if (found.route || route.method != request.method()) continue;
        found.route = &route;
        request.set_segments(std::move(*segments));
    }
    return found;
}

}  // namespace dreams::web
