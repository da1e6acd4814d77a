// The facts that an import would lead to, each held against the record that it replaces. The fields are walked by their
// description, so that a new one is shown without a line here.
#include "hub/app/import_changes.hpp"

#include <optional>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <fmt/format.h>

#include "hub/core/step.hpp"
#include "hub/journal/describe.hpp"

namespace attune::app {

namespace {

enum class Values : bool { hidden, shown };

std::string shown(const std::string& text) { return text.empty() ? "nothing" : text; }
std::string shown(bool value) { return value ? "yes" : "no"; }
std::string shown(core::Ms value) { return fmt::format("{}", value); }
std::string shown(std::uint64_t value) { return fmt::format("{}", value); }
template <class Id>
    requires requires(const Id& id) { id.value.size(); }
std::string shown(const Id& id) {
    return shown(id.value.str());
}
template <class Enum>
    requires std::is_enum_v<Enum>
std::string shown(Enum value) {
    return boost::describe::enum_to_string(value, "?");
}
template <class Item>
std::string shown(const std::vector<Item>& items) {
    std::string out;
    for (const Item& item : items)
        out += (out.empty() ? "" : " ") + shown(item);
    return shown(out);
}

/// "name: Sam -> Kim, base: library -> office"
template <class Record>
std::string difference(const Record& before, const Record& after, Values values) {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_members<Record, boost::describe::mod_any_access>>(
        [&](auto member) {
            const auto& old_value = before.*member.pointer;
            const auto& new_value = after.*member.pointer;
            if (old_value == new_value) return;
            out += (out.empty() ? "" : ", ") + std::string(member.name);
            if constexpr (requires { shown(old_value); })
                if (values == Values::shown) out += ": " + shown(old_value) + " -> " + shown(new_value);
        });
    return out;
}

/// Of the policy the levels by their number, and of the rest each deadline.
std::string difference(const core::Policy& before, core::Policy after) {
    std::string out;
    for (std::size_t level = 0; level < before.levels.size(); ++level)
        if (before.levels[level] != after.levels[level])
            out += fmt::format("{}level {}", out.empty() ? "" : ", ", level + 1);
    after.levels = before.levels;
    after.version = before.version;
    const std::string rest = difference(before, after, Values::shown);
    return out + (out.empty() || rest.empty() ? "" : ", ") + rest;
}

struct ToChange {
    const core::Directory& before;

    template <class Map, class Record>
    static Change set(const char* what, const Map& map, const Record& record, Values values) {
        const auto known = map.find(record.id);
        if (known == map.end()) return {what, record.id.value.str(), "added", ""};
        return {what, record.id.value.str(), "changed", difference(known->second, record, values)};
    }

    std::optional<Change> operator()(const core::SiteSet& f) const {
        if (before.site.name.empty()) return Change{"site", "", "added", ""};
        return Change{"site", "", "changed", difference(before.site, f.site, Values::shown)};
    }
    std::optional<Change> operator()(const core::PolicySet& f) const {
        if (before.policy.version == 0) return Change{"tiers", "", "added", ""};
        return Change{"tiers", "", "changed", difference(before.policy, f.policy)};
    }
    std::optional<Change> operator()(const core::PersonSet& f) const {
        return set("person", before.people, f.person, Values::shown);
    }
    std::optional<Change> operator()(const core::PersonRemoved& f) const {
        return Change{"person", f.person.value.str(), "removed", ""};
    }
    std::optional<Change> operator()(const core::PlaceSet& f) const {
        return set("place", before.places, f.place, Values::shown);
    }
    std::optional<Change> operator()(const core::PlaceRemoved& f) const {
        return Change{"place", f.place.value.str(), "removed", ""};
    }
    std::optional<Change> operator()(const core::ChildSet& f) const {
        return set("child", before.children, f.child, Values::hidden);
    }
    std::optional<Change> operator()(const core::ChildRemoved& f) const {
        return Change{"child", f.child.value.str(), "removed", ""};
    }
    template <class Fact>
    std::optional<Change> operator()(const Fact&) const {
        return std::nullopt;
    }
};

}  // namespace

std::vector<Change> changes_of(const core::State& state, const core::Directory& directory) {
    core::Command command;
    command.by = {core::Principal::Kind::local, {}};
    command.now = state.last_at;
    command.intent = core::ImportDirectory{directory};
    const auto decision = core::decide(state, command);
    std::vector<Change> changes;
    const auto* facts = std::get_if<std::vector<core::Fact>>(&decision);
    if (facts == nullptr) return changes;
    for (const core::Fact& fact : *facts)
        if (auto change = std::visit(ToChange{state.directory}, fact)) changes.push_back(std::move(*change));
    return changes;
}

}  // namespace attune::app
