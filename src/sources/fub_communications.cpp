#include <algorithm>

#include "base/text.h"
#include "sources/fub_read.h"

namespace dreams::sources::fub_read {
namespace {

Instant when(const json::Value& row, std::initializer_list<std::string_view> keys,
             const std::string& what) {
    for (const auto key : keys)
        if (const auto text = json::text(row, key))
            if (const auto instant = instant_from(*text)) return *instant;
    throw Error(Fault::invalid, what + " does not say when it happened");
}

/// Whose a message is; FUB's 0 is a caller whom nobody knows. Of an e-mail other keys tell.
std::int64_t person_of(const json::Value& row, CommKind kind, const std::string& what) {
    const auto person = json::integer(row, "personId");
    if (kind != CommKind::email && (!person || *person < 0))
        throw Error(Fault::invalid, what + " belongs to nobody");
    return std::max<std::int64_t>(person.value_or(0), 0);
}

/// What the three kinds share.
FubCommunication communication(const json::Value& row, CommKind kind) {
    const auto id = json::integer(row, "id");
    const std::string name(word(kind));
    if (!id || *id <= 0) throw Error(Fault::invalid, "a " + name + " without an id");
    FubCommunication result{.id = *id};
    result.person = {std::to_string(person_of(row, kind, name + " " + std::to_string(*id)))};
    result.record.id = {name + "_" + std::to_string(*id)};
    result.record.kind = kind;
    result.record.fub_id = std::to_string(*id);
    result.record.fub_user_name = json::text(row, "userName");
    result.record.status = CommStatus::completed;
    result.user_id = json::text(row, "userId").value_or("");
    return result;
}

bool any_of(const json::Value& row, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (const auto text = json::text(row, key); text && *text != "0") return true;
    return false;
}

/// fub-api §7: a missed inbound call is `No Answer`, with a duration when a voicemail was left.
CommStatus call_status(const json::Value& row, Direction direction) {
    const auto outcome = text::lower(json::text(row, "outcome").value_or(""));
    const auto seconds = json::integer(row, "duration").value_or(0);
    if (outcome == "left message") return CommStatus::voicemail;
    if (outcome == "no answer" && direction == Direction::inbound && seconds > 0)
        return CommStatus::voicemail;
    if (outcome == "no answer" || outcome == "busy" || outcome == "bad number")
        return CommStatus::missed;
    return outcome.empty() && seconds == 0 ? CommStatus::missed : CommStatus::completed;
}

/// Direction by isIncoming, else by FUB's status word. Throws: the row says neither.
Direction direction_of(const json::Value& row, const std::string& what) {
    if (const auto incoming = json::truth(row, "isIncoming"))
        return *incoming ? Direction::inbound : Direction::outbound;
    const auto status = text::lower(json::text(row, "status").value_or(""));
    if (status == "received") return Direction::inbound;
    if (status == "sent") return Direction::outbound;
    throw Error(Fault::invalid, what + " does not say which way it went");
}

}  // namespace

FubCommunication call(const json::Value& row) {
    FubCommunication result = communication(row, CommKind::call);
    const std::string what = "call " + std::to_string(result.id);
    result.record.occurred_at = when(row, {"created", "startedAt"}, what);
    result.record.direction = direction_of(row, what);
    result.record.duration_seconds = json::integer(row, "duration");
    result.record.status = call_status(row, result.record.direction);
    return result;
}

FubCommunication text_message(const json::Value& row) {
    FubCommunication result = communication(row, CommKind::text);
    const std::string what = "text " + std::to_string(result.id);
    result.record.occurred_at = when(row, {"created", "sent"}, what);
    result.record.direction = direction_of(row, what);
    const auto delivery = text::lower(json::text(row, "deliveryStatus").value_or(""));
    if (delivery == "undelivered" || delivery == "failed" || delivery == "error")
        result.record.status = CommStatus::missed;
    result.automated = result.record.direction == Direction::outbound &&
                       any_of(row, {"actionPlanId", "automationId"});
    return result;
}

FubCommunication email(const json::Value& row, const FubId& asked_for) {
    FubCommunication result = communication(row, CommKind::email);
    const std::string what = "email " + std::to_string(result.id);
    result.record.occurred_at = when(row, {"date", "sentAt", "sent", "created", "createdAt"}, what);
    std::optional<bool> sent_by_person;
    // One e-mail, one row: it belongs to the person who wrote it, else to the first it concerns.
    if (const json::Array* people = json::array(row, "relatedPeople"))
        for (const auto& related : *people) {
            const auto id = json::integer(related, "personId");
            const bool wrote = json::truth(related, "sentByPerson").value_or(false);
            if (!id || *id <= 0 || (sent_by_person && (*sent_by_person || !wrote))) continue;
            sent_by_person = wrote;
            result.person = {std::to_string(*id)};
        }
    if (result.person.text == "0") result.person = asked_for;
    result.record.direction = sent_by_person && *sent_by_person ? Direction::inbound
                              : json::text(row, "status")       ? direction_of(row, what)
                              : sent_by_person                  ? Direction::outbound
                                                                : direction_of(row, what);
    result.automated = result.record.direction == Direction::outbound &&
                       any_of(row, {"actionPlanId", "campaignOrigin", "emailTemplateId",
                                    "automationId", "campaignId"});
    return result;
}

}  // namespace dreams::sources::fub_read
