#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "sim/idx/shown.h"

namespace dreams::sim {
namespace {

/// `{"data":"$489,000","raw":489000}`, as the newer search wraps what it says.
template <class T>
void field(json::Writer& json, std::string_view name, const std::string& data, const T& raw) {
    json.key(name).begin_object().member("data", data).member("raw", raw).end_object();
}
void field(json::Writer& json, std::string_view name, const std::string& data) {
    json.key(name).begin_object().member("data", data).end_object();
}

std::string baths_of(const Shown& home) {
    return std::to_string(home.half_baths / 2) + (home.half_baths % 2 ? ".5" : "");
}

void write_fields(json::Writer& json, const Shown& home, const std::vector<std::string>& fields,
                  bool photos) {
    json.key("fields").begin_object();
    for (const auto& name : fields) {
        if (name == "mls_number") field(json, name, home.number, home.number);
        if (name == "address") field(json, name, home.address());
        if (name == "city") field(json, name, home.city);
        if (name == "list_price") field(json, name, "$" + text::grouped(home.price), home.price);
        if (name == "beds") field(json, name, std::to_string(home.beds), home.beds);
        if (name == "baths") field(json, name, baths_of(home), home.half_baths / 2.0);
        if (name == "area") field(json, name, text::grouped(home.sqft), home.sqft);
        if (name == "type") field(json, name, home.type == "Land" ? "lnd" : "res");
        if (name == "status") field(json, name, home.status);
        if (name == "url") field(json, name, home.path());
    }
    if (photos) field(json, "photo", home.photo());
    json.end_object();
}

// ---- A picture

void append_number(std::string& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

void append_chunk(std::string& png, const std::string& kind, const std::string& data) {
    append_number(png, static_cast<std::uint32_t>(data.size()));
    const std::string body = kind + data;
    png += body;
    append_number(png,
                  static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(body.data()),
                                                   static_cast<uInt>(body.size()))));
}

constexpr int width = 160, height = 120;

/// 0 sky, 1 mountain, 2 roof, 3 wall, 4 door, 5 grass.
int part_at(int x, int y) {
    if (y > 98) return 5;
    if (x > 70 && x < 82 && y > 74) return 4;
    if (x > 48 && x < 112 && y > 62) return 3;
    if (y > 36 && y <= 62 && std::abs(x - 80) < (y - 34) * 3 / 2) return 2;
    const int ridge = 52 + std::abs((x * 7 + 20) % 90 - 45) / 2;
    return y > ridge ? 1 : 0;
}

}  // namespace

std::string newer_hits(const std::vector<Shown>& homes, std::string_view fields, bool photos) {
    std::string out;
    json::Writer json(out);
    json.begin_array();
    for (const auto& home : homes) {
        json.begin_object().key("board").raw(home.board);
        json.member("type", home.type == "Land" ? "lnd" : "res");
        write_fields(json, home, text::split(fields, ','), photos);
        json.end_object();
    }
    json.end_array();
    return out;
}

std::string older_hits(const std::vector<Shown>& homes) {
    std::string out;
    json::Writer json(out);
    json.begin_array();
    for (const auto& home : homes) {
        json.begin_object().member("mls_number", home.number);
        json.member("address", home.whole_address()).member("street", home.street);
        json.member("city", home.city).member("state", home.state).member("zip", home.code);
        json.member("list_price", std::to_string(home.price));
        json.member("beds", std::to_string(home.beds)).member("baths", baths_of(home));
        json.member("living_area", std::to_string(home.sqft)).member("status", home.status);
        json.key("images").begin_array().begin_object();
        json.member("full", home.photo()).end_object().end_array();
        json.member("virtual_tour_url", "").end_object();
    }
    json.end_array();
    return out;
}

std::string metadata(const std::string& criterion, const std::string& value) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member(
        "description",
        "Homes" + std::string(
                      criterion.empty() ? "" : " with MLS number <strong>" + value + "</strong>"));
    json.key("criteria").begin_object();
    if (!criterion.empty()) json.member(criterion, value);
    json.end_object().end_object();
    return out;
}

std::string picture(std::string_view number) {
    const auto seed = text::hash(number);
    const auto shade = [&](int shift, int least, int range) {
        return static_cast<char>(least + static_cast<int>(seed >> shift & 0xff) % range);
    };
    const std::array<std::array<char, 3>, 6> colours{{
        {static_cast<char>(170), static_cast<char>(205), static_cast<char>(235)},
        {90, 120, shade(0, 120, 40)},
        {shade(8, 90, 90), 60, 50},
        {shade(16, 180, 70), shade(24, 180, 60), shade(32, 160, 60)},
        {70, 45, 35},
        {80, shade(40, 130, 50), 70},
    }};
    std::string rows;
    for (int y = 0; y < height; ++y) {
        rows += '\0';  // no filter
        for (int x = 0; x < width; ++x)
            for (const char c : colours[static_cast<std::size_t>(part_at(x, y))]) rows += c;
    }
    std::string packed(compressBound(static_cast<uLong>(rows.size())), '\0');
    auto size = static_cast<uLongf>(packed.size());
    compress(reinterpret_cast<Bytef*>(packed.data()), &size,
             reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()));
    packed.resize(size);
    std::string header;
    append_number(header, width);
    append_number(header, height);
    header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, red green blue
    std::string png = "\x89PNG\r\n\x1a\n";
    append_chunk(png, "IHDR", header);
    append_chunk(png, "IDAT", packed);
    append_chunk(png, "IEND", "");
    return png;
}

}  // namespace dreams::sim
