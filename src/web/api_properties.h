#pragma once

#include "base/serve.h"
#include "web/request.h"

// The homes of the predecessor's property API, which the browser extension speaks: its routes, keys
// and envelopes, with types checked. docs/openapi.yaml has the whole of it.

namespace dreams::web {

/// `POST /api/v1/properties`: a captured listing. 201 when the home is new, 200 when it is known;
/// 400 without an address, 422 for a field of the wrong type, by its name.
http::Response post_property(Request& request);

/// `POST /api/v1/properties/batch`: `{"properties":[…]}`, at most a thousand; each stands for
/// itself, and one that is refused stops no other.
http::Response post_properties(Request& request);

/// `GET /api/v1/properties?status=&city=&min_price=&max_price=&limit=`: whole rows, the latest
/// first. A status left out is `active`; `any` is every one.
http::Response get_property_rows(Request& request);

/// `GET /api/v1/properties/{id}`: a whole row.
http::Response get_property_row(Request& request);

/// `GET /api/v1/properties/check?redfin_id=&zillow_id=&realtor_id=&mls=&address=&city=`: whether a
/// home is there.
http::Response get_property_check(Request& request);

/// `GET /api/v1/properties/{id}/contacts?relationship=`: who has to do with a home.
http::Response get_property_contacts(Request& request);

}  // namespace dreams::web
