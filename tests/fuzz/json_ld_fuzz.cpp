// The structured data of a page: the block comes from the fuzzer, the page around it does not, so
// that no time goes into finding the tag.

#include <string>

#include "fuzz/fuzz.h"
#include "sources/listing_page_facts.h"
#include "sources/page_scan.h"

using namespace dreams;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    sources::PageScan scan;
    scan.json_ld.emplace_back(fuzz::text_of(data, size));
    sources::Facts facts;
    std::vector<std::string> notices;
    return fuzz::refusing_or([&] {
        sources::read_json_ld(scan, http::url_from("https://homes.example/1"), facts, notices);
        for (const auto& field : facts.best())
            fuzz::promise(field.confidence >= 0 && field.confidence <= 100, "confidence is 0-100");
    });
}
