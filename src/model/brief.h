#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "base/time.h"
#include "model/home_news.h"
#include "model/id.h"

namespace dreams {

/// Somebody to call today.
struct BriefCall {
    LeadId lead;
    std::string name, phone;
    std::optional<std::string> stage, reason;
    std::int64_t priority = 0;  ///< 0–100

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &BriefCall::lead},  Column{"name", &BriefCall::name},
            Column{"phone", &BriefCall::phone},   Column{"stage", &BriefCall::stage},
            Column{"reason", &BriefCall::reason}, Column{"priority_score", &BriefCall::priority}};
    }
};

/// Somebody who came to us and has had no answer.
struct WaitingPerson {
    LeadId lead;
    std::string name;
    std::optional<std::string> phone;  ///< none: no number is known, or none that works
    std::optional<std::string> email;  ///< then, if there is one
    std::optional<std::string> stage;
    Instant since;

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &WaitingPerson::lead}, Column{"name", &WaitingPerson::name},
            Column{"phone", &WaitingPerson::phone},  Column{"email", &WaitingPerson::email},
            Column{"stage", &WaitingPerson::stage},  Column{"since", &WaitingPerson::since}};
    }
};

/// Somebody who is new to the office.
struct NewPerson {
    LeadId lead;
    std::string name;
    std::optional<std::string> phone, stage, source;
    Instant came_at;

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &NewPerson::lead},  Column{"name", &NewPerson::name},
            Column{"phone", &NewPerson::phone},   Column{"stage", &NewPerson::stage},
            Column{"source", &NewPerson::source}, Column{"came_at", &NewPerson::came_at}};
    }
};

/// A home that several people look at.
struct HotHome {
    std::optional<PropertyId> home;  ///< none: it is not in the file
    std::string address;
    std::optional<std::string> city, status;
    std::optional<std::int64_t> price;  ///< whole US dollars
    std::int64_t people = 0;            ///< who looked at it within the last seven days
    std::vector<Client> clients;        ///< the keenest on it
    // Of a home that is not in the file.
    std::optional<std::string> mls;
    std::optional<std::string> url;  ///< its listing on the team's site, where that was read

    static constexpr auto columns() {
        return Columns{Column{"property_id", &HotHome::home}, Column{"address", &HotHome::address},
                       Column{"city", &HotHome::city},        Column{"status", &HotHome::status},
                       Column{"price", &HotHome::price},      Column{"people", &HotHome::people},
                       Column{"clients", &HotHome::clients},  Column{"mls_number", &HotHome::mls},
                       Column{"url", &HotHome::url}};
    }
};

/// A home that might suit a person, and nobody has looked at the suggestion yet.
struct Suggestion {
    LeadId lead;
    std::string name;
    PropertyId home;
    std::string address;
    std::optional<std::int64_t> price;  ///< whole US dollars
    double score = 0;                   ///< 0–100

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &Suggestion::lead},     Column{"name", &Suggestion::name},
            Column{"property_id", &Suggestion::home}, Column{"address", &Suggestion::address},
            Column{"price", &Suggestion::price},      Column{"total_score", &Suggestion::score}};
    }
};

/// The morning page of a business day.
struct Brief {
    Date day;
    Instant made_at;
    std::optional<Instant> last_sent_at;  ///< of the brief of an earlier day; none: there is none
    Instant people_since;                 ///< who came since is new: the begin of the day before
    std::vector<std::string> worries;     ///< what is stale or failed, a sentence each
    std::vector<BriefCall> calls;
    std::vector<WaitingPerson> waiting;  ///< who waits longest first
    std::vector<HomeNews> news;
    std::vector<HotHome> hot;
    std::vector<NewPerson> newcomers;  ///< the newest first
    std::vector<Suggestion> suggestions;
    // Of those that are listed at most in part.
    std::int64_t waiting_count = 0, newcomer_count = 0, suggestion_count = 0;

    static constexpr auto columns() {
        return Columns{Column{"day", &Brief::day},
                       Column{"made_at", &Brief::made_at},
                       Column{"last_sent_at", &Brief::last_sent_at},
                       Column{"people_since", &Brief::people_since},
                       Column{"worries", &Brief::worries},
                       Column{"calls", &Brief::calls},
                       Column{"waiting", &Brief::waiting},
                       Column{"waiting_count", &Brief::waiting_count},
                       Column{"changes", &Brief::news},
                       Column{"hot_homes", &Brief::hot},
                       Column{"new_people", &Brief::newcomers},
                       Column{"new_people_count", &Brief::newcomer_count},
                       Column{"suggestions", &Brief::suggestions},
                       Column{"suggestion_count", &Brief::suggestion_count}};
    }
};

/// A row of `dreams_briefs`: a morning page that was sent.
struct SentBrief {
    Date day;
    Instant sent_at;
    JsonText channels;  ///< names of the ways that took it
    JsonText changes;   ///< property_changes.id of what it told

    static constexpr auto columns() {
        return Columns{Column{"day", &SentBrief::day}, Column{"sent_at", &SentBrief::sent_at},
                       Column{"channels", &SentBrief::channels},
                       Column{"changes", &SentBrief::changes}};
    }
};

}  // namespace dreams
