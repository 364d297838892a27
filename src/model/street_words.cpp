#include "model/street_words.h"

#include <array>
#include <utility>

namespace dreams {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

/// Street suffixes and directions as the USPS abbreviates them (Publication 28, appendix C1), and
/// the spellings that listings use for them.
constexpr auto short_forms = std::to_array<Word>({
    {"alley", "aly"},     {"allee", "aly"},       {"annex", "anx"},      {"anex", "anx"},
    {"arcade", "arc"},    {"avenue", "ave"},      {"av", "ave"},         {"aven", "ave"},
    {"avenu", "ave"},     {"avn", "ave"},         {"bayou", "byu"},      {"beach", "bch"},
    {"bend", "bnd"},      {"bluff", "blf"},       {"bluffs", "blfs"},    {"bottom", "btm"},
    {"bottm", "btm"},     {"boulevard", "blvd"},  {"boul", "blvd"},      {"branch", "br"},
    {"brnch", "br"},      {"bridge", "brg"},      {"brdge", "brg"},      {"brook", "brk"},
    {"brooks", "brks"},   {"burg", "bg"},         {"burgs", "bgs"},      {"bypass", "byp"},
    {"camp", "cp"},       {"cmp", "cp"},          {"canyon", "cyn"},     {"canyn", "cyn"},
    {"cape", "cpe"},      {"causeway", "cswy"},   {"center", "ctr"},     {"centre", "ctr"},
    {"cent", "ctr"},      {"cntr", "ctr"},        {"centers", "ctrs"},   {"circle", "cir"},
    {"circ", "cir"},      {"circl", "cir"},       {"crcl", "cir"},       {"circles", "cirs"},
    {"cliff", "clf"},     {"cliffs", "clfs"},     {"club", "clb"},       {"common", "cmn"},
    {"commons", "cmns"},  {"corner", "cor"},      {"corners", "cors"},   {"course", "crse"},
    {"court", "ct"},      {"crt", "ct"},          {"courts", "cts"},     {"cove", "cv"},
    {"coves", "cvs"},     {"creek", "crk"},       {"crescent", "cres"},  {"crest", "crst"},
    {"crossing", "xing"}, {"crssng", "xing"},     {"crossroad", "xrd"},  {"crossroads", "xrds"},
    {"curve", "curv"},    {"dale", "dl"},         {"dam", "dm"},         {"divide", "dv"},
    {"div", "dv"},        {"drive", "dr"},        {"driv", "dr"},        {"drv", "dr"},
    {"drives", "drs"},    {"estate", "est"},      {"estates", "ests"},   {"expressway", "expy"},
    {"expr", "expy"},     {"extension", "ext"},   {"extn", "ext"},       {"extensions", "exts"},
    {"falls", "fls"},     {"ferry", "fry"},       {"frry", "fry"},       {"field", "fld"},
    {"fields", "flds"},   {"flat", "flt"},        {"flats", "flts"},     {"ford", "frd"},
    {"fords", "frds"},    {"forest", "frst"},     {"forests", "frst"},   {"forge", "frg"},
    {"forges", "frgs"},   {"fork", "frk"},        {"forks", "frks"},     {"fort", "ft"},
    {"freeway", "fwy"},   {"garden", "gdn"},      {"gardn", "gdn"},      {"gardens", "gdns"},
    {"gateway", "gtwy"},  {"glen", "gln"},        {"glens", "glns"},     {"green", "grn"},
    {"greens", "grns"},   {"grove", "grv"},       {"grov", "grv"},       {"groves", "grvs"},
    {"harbor", "hbr"},    {"harb", "hbr"},        {"harbour", "hbr"},    {"harbors", "hbrs"},
    {"haven", "hvn"},     {"heights", "hts"},     {"ht", "hts"},         {"highway", "hwy"},
    {"highwy", "hwy"},    {"hiway", "hwy"},       {"hill", "hl"},        {"hills", "hls"},
    {"hollow", "holw"},   {"hollows", "holw"},    {"holws", "holw"},     {"inlet", "inlt"},
    {"island", "is"},     {"islands", "iss"},     {"isles", "isle"},     {"junction", "jct"},
    {"jction", "jct"},    {"junctn", "jct"},      {"junctions", "jcts"}, {"key", "ky"},
    {"keys", "kys"},      {"knob", "knb"},        {"knoll", "knl"},      {"knol", "knl"},
    {"knolls", "knls"},   {"lake", "lk"},         {"lakes", "lks"},      {"landing", "lndg"},
    {"lndng", "lndg"},    {"lane", "ln"},         {"light", "lgt"},      {"lights", "lgts"},
    {"loaf", "lf"},       {"lock", "lck"},        {"locks", "lcks"},     {"lodge", "ldg"},
    {"ldge", "ldg"},      {"loops", "loop"},      {"manor", "mnr"},      {"manors", "mnrs"},
    {"meadow", "mdw"},    {"meadows", "mdws"},    {"mill", "ml"},        {"mills", "mls"},
    {"mission", "msn"},   {"missn", "msn"},       {"motorway", "mtwy"},  {"mount", "mt"},
    {"mountain", "mtn"},  {"mntn", "mtn"},        {"mountains", "mtns"}, {"neck", "nck"},
    {"orchard", "orch"},  {"orchrd", "orch"},     {"overpass", "opas"},  {"ovl", "oval"},
    {"parks", "park"},    {"prk", "park"},        {"parkway", "pkwy"},   {"parkwy", "pkwy"},
    {"pky", "pkwy"},      {"parkways", "pkwy"},   {"passage", "psge"},   {"paths", "path"},
    {"pikes", "pike"},    {"pine", "pne"},        {"pines", "pnes"},     {"place", "pl"},
    {"plain", "pln"},     {"plains", "plns"},     {"plaza", "plz"},      {"plza", "plz"},
    {"point", "pt"},      {"points", "pts"},      {"port", "prt"},       {"ports", "prts"},
    {"prairie", "pr"},    {"radial", "radl"},     {"ranch", "rnch"},     {"ranches", "rnch"},
    {"rapid", "rpd"},     {"rapids", "rpds"},     {"rest", "rst"},       {"ridge", "rdg"},
    {"rdge", "rdg"},      {"ridges", "rdgs"},     {"river", "riv"},      {"rvr", "riv"},
    {"rivr", "riv"},      {"road", "rd"},         {"roads", "rds"},      {"route", "rte"},
    {"shoal", "shl"},     {"shoals", "shls"},     {"shore", "shr"},      {"shoar", "shr"},
    {"shores", "shrs"},   {"shoars", "shrs"},     {"skyway", "skwy"},    {"spring", "spg"},
    {"spng", "spg"},      {"springs", "spgs"},    {"spngs", "spgs"},     {"spurs", "spur"},
    {"square", "sq"},     {"sqr", "sq"},          {"squares", "sqs"},    {"station", "sta"},
    {"statn", "sta"},     {"stn", "sta"},         {"stravenue", "stra"}, {"stream", "strm"},
    {"streme", "strm"},   {"street", "st"},       {"strt", "st"},        {"str", "st"},
    {"streets", "sts"},   {"summit", "smt"},      {"sumit", "smt"},      {"terrace", "ter"},
    {"terr", "ter"},      {"throughway", "trwy"}, {"trace", "trce"},     {"traces", "trce"},
    {"track", "trak"},    {"tracks", "trak"},     {"trk", "trak"},       {"trafficway", "trfy"},
    {"trail", "trl"},     {"trails", "trl"},      {"tr", "trl"},         {"trls", "trl"},
    {"trailer", "trlr"},  {"tunnel", "tunl"},     {"turnpike", "tpke"},  {"trnpk", "tpke"},
    {"turnpk", "tpke"},   {"underpass", "upas"},  {"union", "un"},       {"unions", "uns"},
    {"valley", "vly"},    {"vally", "vly"},       {"valleys", "vlys"},   {"viaduct", "via"},
    {"viadct", "via"},    {"view", "vw"},         {"views", "vws"},      {"village", "vlg"},
    {"villag", "vlg"},    {"villg", "vlg"},       {"villages", "vlgs"},  {"ville", "vl"},
    {"vista", "vis"},     {"vist", "vis"},        {"vst", "vis"},        {"vsta", "vis"},
    {"walks", "walk"},    {"wy", "way"},          {"well", "wl"},        {"wells", "wls"},
    {"east", "e"},        {"north", "n"},         {"northeast", "ne"},   {"northwest", "nw"},
    {"saint", "st"},      {"south", "s"},         {"southeast", "se"},   {"southwest", "sw"},
    {"west", "w"},
});

constexpr auto ordinals = std::to_array<Word>({
    {"first", "1st"},
    {"second", "2nd"},
    {"third", "3rd"},
    {"fourth", "4th"},
    {"fifth", "5th"},
    {"sixth", "6th"},
    {"seventh", "7th"},
    {"eighth", "8th"},
    {"ninth", "9th"},
    {"tenth", "10th"},
    {"eleventh", "11th"},
    {"twelfth", "12th"},
    {"thirteenth", "13th"},
    {"fourteenth", "14th"},
    {"fifteenth", "15th"},
    {"sixteenth", "16th"},
});

}  // namespace

std::string_view short_form(std::string_view word) {
    for (const auto& [whole, brief] : short_forms)
        if (whole == word) return brief;
    for (const auto& [whole, brief] : ordinals)
        if (whole == word) return brief;
    return word;
}

}  // namespace dreams
