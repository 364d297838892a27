// A saved or fetched listing page, from its bytes to what it says of its home.

#include <set>
#include <string>

#include "fuzz/fuzz.h"
#include "sources/listing_page.h"

using namespace dreams;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text_of(data, size);
    return fuzz::refusing_or([&] {
        const auto page = sources::read_listing_page(bytes, {"https://homes.example/1", ""});
        std::set<std::string> seen;
        for (const auto& field : page.fields) {
            fuzz::promise(seen.insert(field.name).second, "a field is there once");
            fuzz::promise(field.confidence >= 0 && field.confidence <= 100, "confidence is 0-100");
            fuzz::promise(!field.value.empty(), "a field that is there says something");
        }
    });
}
