#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "sim/idx/shown.h"

namespace dreams::sim {
namespace {

std::string money(std::int64_t dollars) {
    return "$" + text::grouped(dollars);
}

std::string baths(const Shown& home) {
    return fmt::format("{}", home.half_baths / 2.0);
}

/// The street names of the town need no escaping but for `&` and `'`; a site escapes all the same.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

void write_home(json::Writer& json, const Shown& home, const std::string& base) {
    json.begin_object().member("@type", "SingleFamilyResidence");
    json.member("url", base + home.path()).member("numberOfBedrooms", home.beds);
    json.member("numberOfFullBathrooms", home.half_baths / 2);
    json.member("numberOfPartialBathrooms", home.half_baths % 2);
    if (home.year_built) json.member("yearBuilt", home.year_built);
    json.key("floorSize").begin_object().member("@type", "QuantitativeValue");
    json.member("value", home.sqft).member("unitCode", "FTK").end_object();
    json.key("address").begin_object().member("@type", "PostalAddress");
    json.member("streetAddress", home.street).member("addressLocality", home.city);
    json.member("addressRegion", home.state).member("postalCode", home.code).end_object();
    json.key("offers").begin_object().member("@type", "Offer").member("price", home.price);
    json.member("priceCurrency", "USD").end_object().end_object();
}

/// The home and, in the same shape, its neighbours: the trap for who takes the first.
std::string structured_data(const Shown& home, const std::string& base,
                            const std::vector<Shown>& nearby) {
    std::string out = "<script type=\"application/ld+json\">";
    json::Writer json(out);
    json.begin_object().member("@context", "https://schema.org").key("@graph").begin_array();
    for (const auto& other : nearby) write_home(json, other, base);
    write_home(json, home, base);
    json.end_array().end_object();
    return out + "</script>\n";
}

std::string head(const std::string& title, const std::string& more = "") {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>" + title +
           "</title>\n" + more + "</head>\n<body>\n<nav><a href=\"/search/\">Search</a></nav>\n";
}

/// The status in the words that sites use for people, in an element that says so.
std::string facts(const Shown& home) {
    std::string out = "<div class=\"listing-header\"><span class=\"property-price\">" +
                      money(home.price) + "</span>\n<h1 class=\"property-address\">" +
                      escaped(home.whole_address()) + "</h1>\n<span class=\"property-status\">" +
                      home.status + "</span></div>\n<ul><li>" + std::to_string(home.beds) +
                      " Beds</li><li>" + baths(home) + " Baths</li><li>" +
                      text::grouped(home.sqft) + " Sq. Ft.</li></ul>\n";
    return out + "<table><tr><th>MLS #</th><td>" + home.number +
           "</td></tr><tr><th>Acres</th><td>" + fmt::format("{}", home.acres_hundredths / 100.0) +
           "</td></tr></table>\n";
}

std::string beside(const std::vector<Shown>& nearby) {
    std::string out = "<section class=\"similar\"><h2>Similar homes</h2>\n";
    for (const auto& home : nearby)
        out += "<a href=\"" + home.path() + "\"><img src=\"" + home.photo() + "\"></a><a href=\"" +
               home.path() + "\">" + escaped(home.street) + "</a> <span class=\"card-price\">" +
               money(home.price) + "</span>\n";
    return out + "</section>\n";
}

}  // namespace

std::string Shown::photo() const {
    return "/photo/" + number + ".png";
}

std::string home_page(const Shown& home, const std::string& base, const std::vector<Shown>& nearby,
                      IdxOptions::Page kind) {
    std::string more = "<link rel=\"canonical\" href=\"" + base + home.path() +
                       "\">\n<meta property=\"og:image\" content=\"" + base + home.photo() +
                       "\">\n";
    const std::string title = escaped(home.whole_address()) + " | For Sale";
    const std::string foot = "<footer>Listing data: " +
                             std::string(home.board == "5050" ? "Canopy MLS" : "another MLS") +
                             "</footer></body></html>\n";
    if (kind == IdxOptions::Page::bare)
        return head("Homes in the mountains") + "<p>Call us about this home!</p>" + foot;
    if (kind == IdxOptions::Page::structured) more += structured_data(home, base, nearby);
    return head(title, more) + facts(home) + beside(nearby) + foot;
}

std::string results_page(const std::string& query, const std::vector<Shown>& homes) {
    std::string out = head("Homes for sale") + "<h1>Results for " + escaped(query) + "</h1>\n";
    if (homes.empty()) out += "<p>No results match your search.</p>\n";
    for (const auto& home : homes)
        out += "<div class=\"card\"><a href=\"" + home.path() + "\"><img src=\"" + home.photo() +
               "\"></a><a href=\"" + home.path() + "\">" + escaped(home.whole_address()) + "</a> " +
               money(home.price) + "</div>\n";
    return out + "</body></html>\n";
}

std::string scripted_page() {
    return head("Homes for sale") +
           "<a href=\"/\">Home</a><div id=\"app\"></div><script src=\"/static/app.js\"></script>"
           "</body></html>\n";
}

std::string sorry_page() {
    return head("Property not available") +
           "<h1>Sorry, this listing is no longer available.</h1>"
           "<form action=\"/search/results/\"></form></body></html>\n";
}

std::string not_found_page() {
    return head("Page not found") + "<h1>Page not found</h1></body></html>\n";
}

http::Response wall_answer(IdxWall wall) {
    const http::Headers html{{"Content-Type", "text/html; charset=utf-8"}};
    switch (wall) {
        case IdxWall::challenge_202:
            return {202, html,
                    "<html><script>window.awsWafCookieDomainList = [];</script>"
                    "<script src=\"/x/challenge.js\"></script></html>"};
        case IdxWall::refused_403:
            return {403, html, "<html><title>Access to this page has been denied</title></html>"};
        case IdxWall::too_many_429:
            return {429, {{"Retry-After", "120"}}, "Too many requests"};
        case IdxWall::captcha_200:
            return {200, html,
                    "<html><body><div class=\"px-captcha-wrapper\"></div></body></html>"};
        case IdxWall::captcha_503:
            return {503, html, "<html><title>Just a moment...</title></html>"};
    }
    return {500, html, ""};
}

}  // namespace dreams::sim
