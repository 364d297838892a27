#include "web/score_json.h"

namespace dreams::web {
namespace {

void write_score(json::Writer& json, const score::Explained& score, const History& history) {
    json.begin_object().member("value", score.value).member("raw", score.raw);
    json.key("contributions").begin_array();
    for (const auto& part : score.contributions) {
        json.begin_object().member("name", part.name).member("points", part.points);
        json.member("why", part.why).key("events").begin_array();
        for (const auto trace : part.traces)
            if (trace < history.ids.size()) json.string(history.ids[trace]);
        json.end_array().end_object();
    }
    json.end_array().end_object();
}

}  // namespace

void write_scores(json::Writer& json, const score::Judgement& judged, const History& history) {
    json.begin_object();
    write_score(json.key("heat"), judged.heat, history);
    write_score(json.key("value"), judged.value, history);
    write_score(json.key("relationship"), judged.relationship, history);
    write_score(json.key("priority"), judged.priority, history);
    json.end_object();
}

}  // namespace dreams::web
