#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/serve.h"
#include "sim/fub/options.h"
#include "sim/fub/query.h"
#include "sim/town/town.h"

namespace dreams::sim {

class Selections;

/// Whoever asks: a user of the account, who sees what their role may see (fub-api §1).
class Viewer {
public:
    Viewer(const Town& town, const User& user) : town_(town), user_(user) {}
    const User& user() const { return user_; }
    bool sees_all() const { return user_.role == Role::broker; }
    bool sees(const Contact& contact) const;
    /// Children go with their person; what belongs to nobody only with who sees all.
    bool sees_of(std::int64_t person) const;

private:
    const Town& town_;
    const User& user_;
};

/// All that answering one request needs.
struct Desk {
    Town& town;
    const FubOptions& options;
    Selections& selections;
    const http::Request& request;
    std::string endpoint;           ///< `people`
    std::vector<std::string> rest;  ///< of the path: `42`
    Viewer viewer;
    bool registered;  ///< came with a valid X-System-Key
    Query query;
    std::string base_url;  ///< `http://127.0.0.1:8080/v1`: where nextLink leads
    Instant now;           ///< the clock's
    std::uint64_t number;  ///< of the request: what breaks ties, another way each time
};

/// An answer whose body is finished JSON.
http::Response json_answer(std::string body, int status = 200);
/// `{"errorMessage":…}`.
http::Response refusal(int status, std::string_view sentence);

/// JSON as PHP writes it, if the options say so: `/` as `\/`, beyond ASCII as `\uXXXX`.
std::string in_house_style(std::string json, const FubOptions& options);

/// Writes a row's members, those that the request wants.
class RowWriter {
public:
    RowWriter(json::Writer& json, const Fields& fields, const FubOptions& options)
        : json_(json), fields_(fields), options_(options) {}

    /// A key of the default row.
    template <class T>
    RowWriter& set(std::string_view key, const T& value) {
        if (fields_.usual(key)) put(key, value);
        return *this;
    }
    /// A key that comes only with allFields, or by name.
    template <class T>
    RowWriter& further(std::string_view key, const T& value) {
        if (fields_.further(key)) put(key, value);
        return *this;
    }
    /// JSON as it stands.
    RowWriter& raw(std::string_view key, std::string_view json) {
        if (fields_.usual(key)) json_.key(key).raw(json);
        return *this;
    }
    RowWriter& null(std::string_view key) { return raw(key, "null"); }

    const Fields& fields() const { return fields_; }
    const FubOptions& options() const { return options_; }
    json::Writer& json() { return json_; }

private:
    template <class T>
    void put(std::string_view key, const T& value) {
        if constexpr (std::integral<T> && !std::same_as<T, bool>) {
            if (options_.numbers_as_text) {
                json_.member(key, std::to_string(value));
                return;
            }
        }
        json_.member(key, value);
    }

    json::Writer& json_;
    const Fields& fields_;
    const FubOptions& options_;
};

// Rows, one function a kind (fub-api §5–§10).
void write_row(Desk& desk, RowWriter& row, const Contact& contact);
void write_row(Desk& desk, RowWriter& row, const Event& event);
void write_row(Desk& desk, RowWriter& row, const Call& call);
void write_row(Desk& desk, RowWriter& row, const Text& text);
void write_row(Desk& desk, RowWriter& row, const Email& email);
void write_row(Desk& desk, RowWriter& row, const Note& note);

/// One row as a whole answer.
template <class Row>
http::Response one_row(Desk& desk, const Row& row, int status = 200) {
    std::string body;
    json::Writer json(body);
    const Fields fields(desk.query);
    RowWriter writer(json, fields, desk.options);
    json.begin_object();
    write_row(desk, writer, row);
    json.end_object();
    return json_answer(std::move(body), status);
}

// Endpoints. They throw Error: invalid is a 400, unauthorized a 403, not_found a 404.
http::Response people(Desk& desk);
http::Response events(Desk& desk);
http::Response calls(Desk& desk);
http::Response text_messages(Desk& desk);
http::Response emails(Desk& desk);
http::Response notes(Desk& desk);
/// Lists that fit on a page or two. None: there is no such collection.
std::optional<http::Response> small_list(Desk& desk);

// Writing, for the endpoints above.
http::Response post_person(Desk& desk);
http::Response put_person(Desk& desk, std::int64_t id);
http::Response post_event(Desk& desk);

}  // namespace dreams::sim
