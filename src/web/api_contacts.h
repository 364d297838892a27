#pragma once

#include "base/serve.h"
#include "web/request.h"

// The people of the predecessor's property API.

namespace dreams::web {

/// `GET /api/v1/contacts?min_priority=&min_heat=&stage=&limit=`: whole rows, the highest priority
/// first.
http::Response get_contacts(Request& request);
/// `GET /api/v1/contacts/hot?min_heat=&limit=`: the hottest first.
http::Response get_hot_contacts(Request& request);
/// `GET /api/v1/contacts/stats`
http::Response get_contact_stats(Request& request);
/// `GET /api/v1/contacts/{id}`: of a leads.id or a FUB id.
http::Response get_contact(Request& request);
/// `GET /api/v1/contacts/fub/{fub_id}`
http::Response get_contact_by_fub_id(Request& request);

/// `POST /api/v1/contacts`: columns of leads; jobs/contact says who may write which.
http::Response post_contact(Request& request);
/// `POST /api/v1/contacts/bulk`: `{"contacts":[…]}`, at most a thousand.
http::Response post_contacts(Request& request);

/// `GET /api/v1/contacts/{id}/properties?relationship=`: the homes that a person has to do with.
http::Response get_contact_properties(Request& request);
/// `POST /api/v1/contacts/{id}/properties/{property_id}`: `{"relationship","match_score","notes"}`.
http::Response post_contact_property(Request& request);

}  // namespace dreams::web
