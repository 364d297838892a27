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
    kept_.push_back(
        {name, {std::make_shared<const Upload>(std::move(upload)), {}, {}}, bytes, now});
    make_room(now);
    return name;
}

std::optional<Waiting> Uploads::find(std::string_view name, Ticks now) {
    const std::lock_guard lock(guard_);
    make_room(now);
    const auto* found = at(name);
    return found ? std::optional(found->waiting) : std::nullopt;
}

void Uploads::say(std::string_view name, Said said) {
    const std::lock_guard lock(guard_);
    if (auto* found = at(name)) found->waiting.said = std::move(said);
}

void Uploads::finish(std::string_view name, jobs::ImportReport report) {
    const std::lock_guard lock(guard_);
    auto* found = at(name);
    if (!found) return;
    found->waiting.upload = std::make_shared<const Upload>();
    found->waiting.done = std::make_shared<const jobs::ImportReport>(std::move(report));
    found->bytes = 0;
}

/// Under the guard; null: there is none.
Uploads::Kept* Uploads::at(std::string_view name) {
    const auto found = std::ranges::find(kept_, name, &Kept::name);
    return found == kept_.end() ? nullptr : &*found;
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
