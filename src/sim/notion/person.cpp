#include "base/error.h"
#include "sim/notion/impl.h"

// What a person does in the workspace, without the API: edits, new pages, another schema.

namespace dreams::sim {

notion::Page& NotionWorkspace::Impl::edited(const std::string& id) {
    auto* page = table.page(id);
    if (!page) throw Error(Fault::not_found, "the workspace has no page " + id);
    page->edited = notion::minute_of(clock.now());
    return *page;
}

notion::Property& NotionWorkspace::Impl::known(const std::string& name) {
    auto* property = table.by_name_or_id(name);
    if (!property) throw Error(Fault::not_found, "the workspace has no property " + name);
    return *property;
}

std::string NotionWorkspace::add_property(const std::string& name, const std::string& type,
                                          const std::vector<std::string>& options) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->table.add(name, type, options).id;
}
void NotionWorkspace::rename_property(const std::string& name, const std::string& to) {
    const std::lock_guard lock(impl_->mutex);
    impl_->known(name).name = to;
}
void NotionWorkspace::remove_property(const std::string& name) {
    const std::lock_guard lock(impl_->mutex);
    std::erase_if(impl_->table.properties, [&](const auto& each) { return each.name == name; });
}
void NotionWorkspace::change_type(const std::string& name, const std::string& type) {
    const std::lock_guard lock(impl_->mutex);
    auto& property = impl_->known(name);
    property.type = type;
    for (auto& page : impl_->table.pages) page.values.erase(property.id);
}
bool NotionWorkspace::has_property(const std::string& name) const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->table.by_name_or_id(name) != nullptr;
}
void NotionWorkspace::add_data_source(const std::string& name) {
    const std::lock_guard lock(impl_->mutex);
    impl_->more_sources.push_back(name);
}

std::string NotionWorkspace::add_page(const std::map<std::string, std::string>& texts) {
    const std::lock_guard lock(impl_->mutex);
    auto& page = impl_->table.new_page(impl_->clock.now());
    for (const auto& [name, text] : texts) {
        auto& property = impl_->known(name);
        page.values[property.id] = notion::typed(property, text);
    }
    return page.id;
}
void NotionWorkspace::type(const std::string& page, const std::string& property,
                           const std::string& text) {
    const std::lock_guard lock(impl_->mutex);
    auto& known = impl_->known(property);
    impl_->edited(page).values[known.id] = notion::typed(known, text);
}
void NotionWorkspace::upload(const std::string& page, const std::string& property,
                             const std::string& name) {
    const std::lock_guard lock(impl_->mutex);
    auto& files = impl_->edited(page).values[impl_->known(property).id];
    if (!files.is_array()) files = json::Array{};
    files.get_array().push_back(json::Object{{"hosted", name}});
}
void NotionWorkspace::attach(const std::string& page, const std::string& property,
                             const std::string& url) {
    const std::lock_guard lock(impl_->mutex);
    auto& files = impl_->edited(page).values[impl_->known(property).id];
    if (!files.is_array()) files = json::Array{};
    files.get_array().push_back(
        {{"name", "photo"}, {"type", "external"}, {"external", {{"url", url}}}});
}
void NotionWorkspace::trash(const std::string& page) {
    const std::lock_guard lock(impl_->mutex);
    impl_->edited(page).in_trash = true;
}
void NotionWorkspace::restore(const std::string& page) {
    const std::lock_guard lock(impl_->mutex);
    impl_->edited(page).in_trash = false;
}
std::string NotionWorkspace::shown(const std::string& page, const std::string& property) const {
    const std::lock_guard lock(impl_->mutex);
    const auto* known = impl_->table.page(page);
    const auto& column = impl_->known(property);
    if (!known) throw Error(Fault::not_found, "the workspace has no page " + page);
    const auto value = known->values.find(column.id);
    return value == known->values.end() ? "" : notion::shown(column, value->second);
}
std::vector<std::string> NotionWorkspace::pages() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<std::string> ids;
    for (const auto& page : impl_->table.pages)
        if (!page.in_trash) ids.push_back(page.id);
    return ids;
}
bool NotionWorkspace::is_trashed(const std::string& page) const {
    const std::lock_guard lock(impl_->mutex);
    const auto* known = impl_->table.page(page);
    return known && known->in_trash;
}

}  // namespace dreams::sim
