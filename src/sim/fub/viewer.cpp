#include <algorithm>

#include "sim/fub/desk.h"

namespace dreams::sim {

bool Viewer::sees(const Contact& contact) const {
    if (sees_all()) return true;
    if (user_.role == Role::lender) return contact.lender == user_.id;
    return contact.user == user_.id || std::ranges::count(contact.collaborators, user_.id) != 0;
}

bool Viewer::sees_of(std::int64_t person) const {
    if (sees_all()) return true;
    const Contact* contact = town_.people().find(person);
    return contact && sees(*contact);
}

}  // namespace dreams::sim
