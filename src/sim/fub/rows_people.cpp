#include "sim/fub/desk.h"

// A person's row (fub-api §5.2, §5.3): 44 keys, and those of allFields.

namespace dreams::sim {
namespace {

void write_emails(RowWriter& row, const std::vector<Reach>& emails) {
    if (!row.fields().usual("emails")) return;
    auto& json = row.json().key("emails").begin_array();
    for (std::size_t i = 0; i < emails.size(); ++i)
        json.begin_object()
            .member("value", emails[i].value)
            .member("type", emails[i].type)
            .member("status", emails[i].status)
            .member("isPrimary", i == 0 ? 1 : 0)
            .end_object();
    json.end_array();
}

std::string normalized(const std::string& phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

void write_phones(RowWriter& row, const std::vector<Reach>& phones) {
    if (!row.fields().usual("phones")) return;
    auto& json = row.json().key("phones").begin_array();
    for (std::size_t i = 0; i < phones.size(); ++i) {
        json.begin_object().member("value", phones[i].value).member("type", phones[i].type);
        json.member("status", phones[i].status).member("isPrimary", i == 0 ? 1 : 0);
        json.member("normalized", normalized(phones[i].value));
        json.key("isLandline");
        phones[i].status == "Not Validated" ? json.null()
                                            : json.truth(phones[i].status == "Landline");
        json.member("isOnboardingNumber", false).end_object();
    }
    json.end_array();
}

void write_addresses(RowWriter& row, const std::vector<PostalAddress>& addresses) {
    if (!row.fields().usual("addresses")) return;
    auto& json = row.json().key("addresses").begin_array();
    for (const auto& each : addresses)
        json.begin_object()
            .member("type", "home")
            .member("street", each.street)
            .member("city", each.city)
            .member("state", each.state)
            .member("code", each.code)
            .member("country", "US")
            .end_object();
    json.end_array();
}

void write_tags(RowWriter& row, const std::vector<std::string>& tags) {
    if (!row.fields().usual("tags")) return;
    auto& json = row.json().key("tags").begin_array();
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (row.options().tags_as_objects && row.fields().all())
            json.begin_object()
                .member("id", 9500 + static_cast<std::int64_t>(tags[i].size()))
                .member("name", tags[i])
                .end_object();
        else
            json.string(tags[i]);
    }
    json.end_array();
}

std::string_view role_word(Role role) {
    return role == Role::agent ? "Agent" : role == Role::broker ? "Broker" : "Lender";
}

void write_collaborators(Desk& desk, RowWriter& row, const Contact& contact) {
    if (!row.fields().usual("collaborators")) return;
    auto& json = row.json().key("collaborators").begin_array();
    const auto one = [&](std::int64_t id, bool assigned) {
        if (const User* user = desk.town.user(id))
            json.begin_object()
                .member("id", user->id)
                .member("name", user->name())
                .member("assigned", assigned)
                .member("role", role_word(user->role))
                .end_object();
    };
    if (contact.user) one(*contact.user, true);
    for (const auto id : contact.collaborators)
        if (contact.user != id) one(id, false);
    json.end_array();
}

std::string assigned_to(const Town& town, const Contact& contact) {
    if (contact.user)
        if (const User* user = town.user(*contact.user)) return user->name();
    for (const auto& pond : town.ponds())
        if (contact.pond == pond.id) return pond.name;
    return "";
}

void write_assignment(Desk& desk, RowWriter& row, const Contact& contact) {
    const User* lender = contact.lender ? desk.town.user(*contact.lender) : nullptr;
    row.set("assignedLenderId", contact.lender);
    row.set("assignedLenderName", lender ? std::optional(lender->name()) : std::nullopt);
    row.set("assignedUserId", contact.user).set("assignedPondId", contact.pond);
    row.set("assignedTo", assigned_to(desk.town, contact));
}

std::string_view timeframe_name(std::int64_t id) {
    return id == 1 ? "0-3 Months" : id == 2 ? "3-6 Months" : id == 3 ? "6-12 Months" : "12+ Months";
}

void write_timeframe(RowWriter& row, const Contact& contact) {
    row.set("timeframeId", contact.timeframe);
    if (!contact.timeframe)
        return void(
            row.null("timeframeUpdated").null("timeframeStatus").null("timeframeDateRange"));
    row.set("timeframeUpdated", contact.created).set("timeframeStatus", "Current");
    row.set("timeframeDateRange", timeframe_name(*contact.timeframe));
}

void write_social(RowWriter& row, const Contact& contact) {
    if (!contact.social) return void(row.raw("socialData", "[]"));
    if (!row.fields().usual("socialData")) return;
    row.json().key("socialData").begin_object();
    row.json()
        .member("name", contact.name)
        .member("company", "Ridge & Co")
        .member("topics", "hiking");
    row.json().end_object();
}

std::optional<Instant> unless_zero(Instant at) {
    return at == Instant{} ? std::nullopt : std::optional(at);
}

/// `lastCall` and `lastCallId`; both null if there is none.
void write_last(RowWriter& row, const std::string& key, const Tally::Last& last) {
    const bool any = last.any();
    row.further(key, any ? std::optional(last.at) : std::nullopt);
    row.further(key + "Id", any ? std::optional(last.id) : std::nullopt);
}

void write_tally(RowWriter& row, const Tally& tally) {
    row.further("lastCommunication", unless_zero(tally.communication));
    write_last(row, "lastEmail", tally.email);
    write_last(row, "lastReceivedEmail", tally.email_in);
    write_last(row, "lastSentEmail", tally.email_out);
    row.further("emailsReceived", tally.emails_in).further("emailsSent", tally.emails_out);
    row.further("firstCall",
                tally.first_call.any() ? std::optional(tally.first_call.at) : std::nullopt);
    write_last(row, "lastCall", tally.call);
    write_last(row, "lastIncomingCall", tally.call_in);
    write_last(row, "lastOutgoingCall", tally.call_out);
    row.further("callsIncoming", tally.calls_in).further("callsOutgoing", tally.calls_out);
    row.further("callsDuration", tally.call_seconds);
    write_last(row, "lastText", tally.text);
    write_last(row, "lastReceivedText", tally.text_in);
    write_last(row, "lastSentText", tally.text_out);
    row.further("textsReceived", tally.texts_in).further("textsSent", tally.texts_out);
    write_last(row, "lastLeadActivity", tally.event);
    write_last(row, "lastEmEventActivity", {});
    row.further("lastIdxVisit", unless_zero(tally.last_visit));
    row.further("propertiesViewed", tally.viewed).further("propertiesSaved", tally.saved);
    row.further("pagesViewed", tally.pages);
    row.further("lastSentBatchEmail", std::optional<Instant>{});
    row.further("lastSentActionPlanEmail", unless_zero(tally.action_plan_email));
    row.further("lastDeliveredMarketingCampaign", unless_zero(tally.campaign_email));
}

void write_further(RowWriter& row, const Contact& contact, const Tally& tally) {
    const std::optional<std::int64_t> none;
    row.further("createdById", 21).further("updatedById", 21);
    row.further("background", contact.background);
    if (row.fields().further("relationships")) row.json().key("relationships").raw("[]");
    for (const std::string key :
         {"customFollowUpDate", "customLoan", "customBudget", "customSpouse"})
        if (row.fields().custom(key)) {
            const auto value = contact.custom.find(key);
            row.json().key(key);
            value == contact.custom.end() ? row.json().null() : row.json().string(value->second);
        }
    write_tally(row, tally);
    row.further("nextTask", none).further("nextTaskHasTime", false).further("nextTaskName", none);
    row.further("lastReceivedInboxAppMessage", none).further("lastSentInboxAppMessage", none);
    row.further("inboxAppMessagesReceived", 0);
}

}  // namespace

void write_row(Desk& desk, RowWriter& row, const Contact& contact) {
    const Tally& tally = desk.town.tally(contact.id);
    row.set("id", contact.id).set("created", contact.created).set("updated", contact.updated);
    row.set("createdVia", contact.created_via).set("lastActivity", tally.activity);
    row.set("name", contact.name).set("firstName", contact.first).set("lastName", contact.last);
    row.set("stage", desk.town.stage_name(contact.stage)).set("stageId", contact.stage);
    row.set("type", contact.type).set("source", desk.town.source_name(contact.source));
    row.set("sourceId", contact.source).set("sourceUrl", contact.source_url).null("leadFlowId");
    row.set("delayed", false).set("contacted", contact.contacted ? 1 : 0);
    row.set("price", contact.price);
    write_assignment(desk, row, contact);
    write_tags(row, contact.tags);
    write_emails(row, contact.emails);
    write_phones(row, contact.phones);
    write_addresses(row, contact.addresses);
    row.null("picture");
    write_social(row, contact);
    row.set("websiteVisits", tally.visits);
    write_timeframe(row, contact);
    row.set("claimed", contact.claimed);
    if (!desk.options.short_rows) {
        for (const auto key : {"dealStatus", "dealStage", "dealName", "dealCloseDate", "dealPrice"})
            row.null(key);
        row.set("firstToClaimOffer", false);
        write_collaborators(desk, row, contact);
        row.raw("teamLeaders", "[]").raw("pondMembers", "[]");
    }
    write_further(row, contact, tally);
    if (desk.options.strange_keys) row.raw("zzFuture", R"([[],{"a":null}])");
}

}  // namespace dreams::sim
