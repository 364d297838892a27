#include "web/routes.h"

#include "web/calls.h"
#include "web/health.h"
#include "web/people.h"
#include "web/person.h"
#include "web/static_files.h"
#include "web/syncs.h"

namespace dreams::web {
namespace {

constexpr Route all[] = {
    {"/", get_calls},
    {"/calls", get_calls},
    {"/people", get_people},
    {"/people/{id}", get_person},
    {"/syncs", get_syncs},
    {"/health", get_health},
    {"/metrics", get_metrics},
    {"/static/{file}", get_static},
    {"/api/v1/calls", get_calls},
    {"/api/v1/people", get_people},
    {"/api/v1/people/{id}", get_person},
    {"/api/v1/syncs", get_syncs},
};

}  // namespace

std::span<const Route> routes() {
    return all;
}

const Route* find_route(std::string_view path, Request& request) {
    for (const auto& route : all) {
        const auto fixed = route.path.substr(0, route.path.find('{'));
        if (fixed == route.path) {
            if (path == fixed) return &route;
        } else if (path.starts_with(fixed) && path.size() > fixed.size()) {
            const auto segment = path.substr(fixed.size());
            if (segment.find('/') != std::string_view::npos) continue;
            request.set_segment(std::string(segment));
            return &route;
        }
    }
    return nullptr;
}

}  // namespace dreams::web
