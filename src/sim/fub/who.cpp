#include "sim/fub/who.h"

#include "base/serve.h"
#include "base/text.h"
#include "sim/fub/desk.h"
#include "sim/wire/base64.h"

namespace dreams::sim {
namespace {

/// What follows `scheme` in an Authorization field.
std::optional<std::string> credentials(const std::string& field, std::string_view scheme) {
    const auto blank = field.find(' ');
    if (blank == std::string::npos || !text::same_word(field.substr(0, blank), scheme))
        return std::nullopt;
    return std::string(text::trimmed(field.substr(blank + 1)));
}

}  // namespace

std::map<std::string, std::int64_t> usual_keys(const Town& town) {
    std::map<std::string, std::int64_t> keys;
    for (const auto& user : town.users()) {
        if (user.deleted) continue;
        const char* key = user.owner                  ? "fka_owner"
                          : user.role == Role::broker ? "fka_admin"
                          : user.role == Role::agent  ? "fka_agent"
                                                      : "fka_lender";
        keys.emplace(key, user.id);  // the first of a kind stays
    }
    return keys;
}

const User* who_asks(const http::Headers& headers, const FubOptions& options, const Town& town) {
    const auto field = http::header(headers, "Authorization");
    if (!field) return nullptr;
    const auto user_of = [&](const auto& known, const std::string& secret) -> const User* {
        const auto found = known.find(secret);
        const User* user = found == known.end() ? nullptr : town.user(found->second);
        return user && !user->deleted ? user : nullptr;
    };
    if (const auto token = credentials(*field, "Bearer")) return user_of(options.tokens, *token);
    const auto basic = credentials(*field, "Basic");
    const auto pair = basic ? from_base64(*basic) : std::nullopt;
    if (!pair) return nullptr;
    return user_of(options.keys, pair->substr(0, pair->find(':')));
}

bool is_registered(const http::Headers& headers, const FubOptions& options) {
    const auto key = http::header(headers, "X-System-Key");
    return key && options.systems.contains(*key);
}

http::Response who_are_you() {
    auto response = refusal(
        401,
        "Authentication is required. Use Basic HTTP Authentication with API Key as username and "
        "blank password, or use Bearer token authentication.");
    response.headers.emplace_back("WWW-Authenticate", R"(Basic realm="Follow Up Boss API")");
    return response;
}

std::string identity(const User& user, const FubOptions& options, const Town& town) {
    const User& owner = town.users().front();
    std::string body;
    json::Writer json(body);
    json.begin_object().key("account").begin_object().member("id", options.account_id);
    json.member("domain", options.domain).member("name", options.account_name);
    json.key("owner").begin_object().member("name", owner.name()).member("email", owner.email);
    json.end_object().end_object().key("user").begin_object().member("id", user.id);
    json.member("name", user.name()).member("email", user.email);
    json.member("fuid", "fau_" + std::to_string(10'000'000'000 + user.id));
    json.member("role", user.role == Role::agent    ? "Agent"
                        : user.role == Role::broker ? "Broker"
                                                    : "Lender");
    json.member("isOwner", user.owner).member("isAdmin", user.role == Role::broker);
    json.member("isLender", user.role == Role::lender).end_object().end_object();
    return body;
}

}  // namespace dreams::sim
