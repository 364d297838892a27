#include "base/db.h"

// How instants, dates and values are bound and read, whatever the engine.

namespace dreams {

std::optional<Instant> Field<Instant>::read_if(const Statement& s, int at) {
    const auto text = s.text(at);
    if (auto instant = instant_from(text)) return instant;
    if (text.size() == 19 && text[10] == ' ') return instant_from(std::string(text) + "Z");
    return std::nullopt;
}

Instant Field<Instant>::read(const Statement& s, int at) {
    if (const auto instant = read_if(s, at)) return *instant;
    throw Error(Fault::invalid, "the file holds '" + std::string(s.text(at)) + "' as " +
                                    std::string(s.column_name(at)) +
                                    ", which is no instant; `dreams migrate` puts it right");
}

Date Field<Date>::read(const Statement& s, int at) {
    if (const auto date = date_from(s.text(at))) return *date;
    throw Error(Fault::invalid, "the file holds '" + std::string(s.text(at)) + "' as " +
                                    std::string(s.column_name(at)) + ", which is no date");
}

void Value::bind(Statement& statement, int parameter) const {
    struct Binder {
        Statement& s;
        int at;
        void operator()(std::monostate) const { s.bind_null(at); }
        void operator()(std::int64_t v) const { s.bind(at, v); }
        void operator()(double v) const { s.bind(at, v); }
        void operator()(std::string_view v) const { s.bind(at, v); }
        void operator()(const std::string& v) const { s.bind(at, std::string_view(v)); }
    };
    std::visit(Binder{statement, parameter}, held_);
}

}  // namespace dreams
