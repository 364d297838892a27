#include "web/uploads.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace dreams::web {
namespace {

constexpr std::chrono::hours kept_for{1};

std::string unguessable() {
    std::random_device random;  // the operating system's
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace

std::string Uploads::keep(Upload upload, Ticks now) {
    std::size_t bytes = 0;
    for (const auto& file : upload.files) bytes += file.text.size();
    auto name = unguessable();
    const std::lock_guard lock(guard_);
    kept_.push_back({name, std::make_shared<const Upload>(std::move(upload)), bytes, now});
    make_room(now);
    return name;
}

std::shared_ptr<const Upload> Uploads::find(std::string_view name, Ticks now) {
    const std::lock_guard lock(guard_);
    make_room(now);
    const auto found = std::ranges::find(kept_, name, &Kept::name);
    return found == kept_.end() ? nullptr : found->upload;
}

void Uploads::forget(std::string_view name) {
    const std::lock_guard lock(guard_);
    std::erase_if(kept_, [&](const Kept& each) { return each.name == name; });
}

/// The one that came last always stays.
void Uploads::make_room(Ticks now) {
    std::erase_if(kept_, [&](const Kept& each) { return now - each.since > kept_for; });
    std::size_t bytes = 0;
    for (const auto& each : kept_) bytes += each.bytes;
    while (kept_.size() > 1 && bytes > most_bytes_) {
        bytes -= kept_.front().bytes;
        kept_.pop_front();
    }
}

}  // namespace dreams::web
