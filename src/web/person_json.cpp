#include "base/json_writer.h"
#include "web/person_view.h"
#include "web/score_json.h"

namespace dreams::web {
namespace {

void write_person(json::Writer& writer, const PersonView& view) {
    writer.key("person").begin_object();
    const auto member = [&](const char* name, const auto& value) { writer.member(name, value); };
    for_each_column(view.lead, member);
    writer.member("name", name_of(view.lead));
    for_each_column(view.before, member);
    writer.end_object();
}

void write_homes(json::Writer& writer, const store::HomesSeen& homes) {
    writer.member("homes_total", homes.total).key("homes").begin_array();
    for (const auto& home : homes.homes) {
        writer.begin_object();
        for_each_column(home,
                        [&](const char* name, const auto& value) { writer.member(name, value); });
        writer.member("other_contacts", home.others).end_object();
    }
    writer.end_array();
}

}  // namespace

std::string person_json(const PersonView& view) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    write_person(writer, view);
    writer.member("as_of", view.judged_at).key("scores");
    write_scores(writer, view.judgement, view.history);
    write_homes(writer, view.homes);
    writer.member("buyer", view.buyer).member("matches", view.fits.lines);
    writer.key("timeline").begin_object().member("items", view.timeline.items);
    writer.key("next");
    if (view.timeline.next.empty())
        writer.null();
    else
        writer.string(view.timeline.next);
    writer.end_object().end_object();
    return body;
}

}  // namespace dreams::web
