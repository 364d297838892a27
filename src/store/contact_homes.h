#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/db.h"
#include "model/call_rules.h"
#include "model/id.h"

namespace dreams::store {

/// What a person has to do with a home.
enum class Relationship : std::uint8_t { saved, viewed, shared, matched, favorited };

/// A row of `contact_properties`. `saved` and `matched` are somebody's word; the others follow from
/// what the person did on the site (store/contact_properties), and so do the views.
struct ContactHome {
    std::string id;
    LeadId contact;
    PropertyId property;
    std::optional<std::string> relationship;
    std::optional<double> match_score;  ///< 0–100
    std::int64_t view_count = 0;
    std::optional<std::string> first_viewed_at, last_viewed_at, saved_at, shared_at;
    std::optional<JsonText> shared_with;
    std::optional<std::string> notes;
    std::optional<std::string> created_at, updated_at;

    static constexpr auto columns() {
        return Columns{Column{"id", &ContactHome::id},
                       Column{"contact_id", &ContactHome::contact},
                       Column{"property_id", &ContactHome::property},
                       Column{"relationship", &ContactHome::relationship},
                       Column{"match_score", &ContactHome::match_score},
                       Column{"view_count", &ContactHome::view_count},
                       Column{"first_viewed_at", &ContactHome::first_viewed_at},
                       Column{"last_viewed_at", &ContactHome::last_viewed_at},
                       Column{"saved_at", &ContactHome::saved_at},
                       Column{"shared_at", &ContactHome::shared_at},
                       Column{"shared_with", &ContactHome::shared_with},
                       Column{"notes", &ContactHome::notes},
                       Column{"created_at", &ContactHome::created_at},
                       Column{"updated_at", &ContactHome::updated_at}};
    }
};

/// The same with what a list of a person's homes shows of each.
struct HomeOfContact {
    ContactHome link;
    std::optional<std::string> address, city, status;
    std::optional<std::int64_t> price, beds;
    std::optional<double> baths;

    static constexpr auto columns() {
        return Columns{Part{&HomeOfContact::link},
                       Column{"address", &HomeOfContact::address},
                       Column{"city", &HomeOfContact::city},
                       Column{"price", &HomeOfContact::price},
                       Column{"beds", &HomeOfContact::beds},
                       Column{"baths", &HomeOfContact::baths},
                       Column{"status", &HomeOfContact::status}};
    }
};

/// The same with what a list of a home's people shows of each.
struct ContactOfHome {
    ContactHome link;
    std::optional<std::string> first_name, last_name, email, phone;
    std::int64_t heat = 0, priority = 0;
    std::optional<NoCall> no_call;  ///< none: may be called

    static constexpr auto columns() {
        return Columns{Part{&ContactOfHome::link},
                       Column{"first_name", &ContactOfHome::first_name},
                       Column{"last_name", &ContactOfHome::last_name},
                       Column{"email", &ContactOfHome::email},
                       Column{"phone", &ContactOfHome::phone},
                       Column{"heat_score", &ContactOfHome::heat},
                       Column{"priority_score", &ContactOfHome::priority},
                       Column{"no_call", &ContactOfHome::no_call}};
    }
};

/// The homes that may be shown, the latest first. `relationship`: only such; none: all.
std::vector<HomeOfContact> homes_of_contact(Db& db, const LeadId& contact,
                                            std::optional<Relationship> relationship);
/// The highest priority first.
std::vector<ContactOfHome> contacts_of_home(Db& db, const PropertyId& home,
                                            std::optional<Relationship> relationship);
/// Who viewed it most first, at most `limit` of them. Takes as long for a home that thousands look
/// at as for any other.
std::vector<ContactOfHome> keenest_on_home(Db& db, const PropertyId& home, std::int64_t limit);

/// What somebody says of a person and a home; what is none is left as it is.
struct ContactHomeWord {
    Relationship relationship = Relationship::saved;
    std::optional<double> match_score;
    std::optional<std::string> notes;
};

/// Writes it, with saved_at or shared_at when it was not so before. Views stay what events made
/// them. Person and home must be there.
void keep_contact_home(Db& db, const LeadId& contact, const PropertyId& home,
                       const ContactHomeWord& word, Instant now);

/// An agent brought the two together: they are `matched`. Where they have to do with each other
/// already, only the score is told.
void keep_matched(Db& db, const LeadId& contact, const PropertyId& home,
                  std::optional<double> match_score, Instant now);

/// Takes that back: the row goes where nothing else stands on it, else it says what is left.
void drop_matched(Db& db, const LeadId& contact, const PropertyId& home, Instant now);

}  // namespace dreams::store

namespace dreams {
template <>
struct Words<store::Relationship> {
    static constexpr std::array<std::pair<store::Relationship, std::string_view>, 5> list{
        {{store::Relationship::saved, "saved"},
         {store::Relationship::viewed, "viewed"},
         {store::Relationship::shared, "shared"},
         {store::Relationship::matched, "matched"},
         {store::Relationship::favorited, "favorited"}}};
};
}  // namespace dreams
