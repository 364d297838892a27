#pragma once

#include <string_view>

namespace dreams::store {

/// What a person of `leads l` is called, as an expression of SQL: the name, else the e-mail, the
/// phone or the id, so that a list has something to show and to tap.
constexpr std::string_view person_name = R"sql(
    coalesce(nullif(trim(coalesce(l.first_name, '') || ' ' || coalesce(l.last_name, '')), ''),
             nullif(l.email, ''), nullif(l.phone, ''), l.id))sql";

}  // namespace dreams::store
