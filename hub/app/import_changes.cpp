// The facts that an import would lead to, each held against the record that it replaces. Named as in the files.
#include "hub/app/import_changes.hpp"

#include <optional>

#include <fmt/format.h>

#include "hub/app/directory_words.hpp"
#include "hub/core/step.hpp"

namespace attune::app {

namespace {

std::string shown(const std::string& text) { return text.empty() ? "nothing" : text; }
std::string shown(bool value) { return value ? "yes" : "no"; }
std::string shown(std::uint32_t value) { return fmt::format("{}", value); }
std::string shown(core::Ms value) { return fmt::format("{}", value); }
std::string shown(const core::PlaceId& id) { return shown(id.value); }
template <class Enum, std::size_t N>
std::string shown(const Word<Enum> (&words)[N], Enum value) {
    for (const auto& [word, meaning] : words)
        if (meaning == value) return std::string(word);
    return "?";
}
std::string shown(core::PlaceKind kind) { return shown(kind_words, kind); }
std::string shown(const std::vector<core::Role>& roles) {
    std::string out;
    for (const core::Role role : roles)
        out += (out.empty() ? "" : " ") + shown(role_words, role);
    return shown(out);
}

/// "name: Sam -> Kim, base: library -> office"
class Differences {
  public:
    template <class Value>
    void field(std::string_view name, const Value& before, const Value& after) {
        if (before != after) add(fmt::format("{}: {} -> {}", name, shown(before), shown(after)));
    }
    template <class Value>
    void name_alone(std::string_view name, const Value& before, const Value& after) {
        if (before != after) add(std::string(name));
    }
    std::string text;

  private:
    void add(const std::string& what) { text += (text.empty() ? "" : ", ") + what; }
};

std::string difference(const core::Site& a, const core::Site& b) {
    Differences found;
    found.field("name", a.name, b.name);
    found.field("help", a.help, b.help);
    found.field("example", a.example, b.example);
    return found.text;
}

std::string difference(const core::Person& a, const core::Person& b) {
    Differences found;
    found.field("name", a.name, b.name);
    found.field("short_name", a.short_name, b.short_name);
    found.field("roles", a.roles, b.roles);
    found.field("base", a.base, b.base);
    return found.text;
}

std::string difference(const core::Place& a, const core::Place& b) {
    Differences found;
    found.field("name", a.name, b.name);
    found.field("kind", a.kind, b.kind);
    found.field("zone", a.zone, b.zone);
    found.field("route_hint", a.route_hint, b.route_hint);
    found.field("extension", a.extension, b.extension);
    found.field("capacity", a.capacity, b.capacity);
    return found.text;
}

std::string difference(const core::ChildPlan& a, const core::ChildPlan& b) {
    Differences found;
    found.name_alone("initials", a.initials, b.initials);
    found.name_alone("places", a.places, b.places);
    found.name_alone("adults", a.adults, b.adults);
    found.name_alone("helps", a.helps, b.helps);
    found.name_alone("about", a.about, b.about);
    found.name_alone("interruptible", a.interruptible, b.interruptible);
    return found.text;
}

std::string difference(const core::Policy& a, const core::Policy& b) {
    Differences found;
    for (std::size_t level = 0; level < a.levels.size(); ++level) {
        found.name_alone(fmt::format("tiers of level {}", level + 1), a.levels[level].tiers, b.levels[level].tiers);
        found.field(fmt::format("arrive_{}_ms", level + 1), a.levels[level].arrive_ms, b.levels[level].arrive_ms);
    }
    found.field("ring_ms", a.ring_ms, b.ring_ms);
    found.field("ring_again_ms", a.ring_again_ms, b.ring_again_ms);
    found.field("not_delivered_ms", a.not_delivered_ms, b.not_delivered_ms);
    found.field("resound_ms", a.resound_ms, b.resound_ms);
    found.field("same_press_ms", a.same_press_ms, b.same_press_ms);
    found.field("support_check_ms", a.support_check_ms, b.support_check_ms);
    found.field("recover_ms", a.recover_ms, b.recover_ms);
    found.field("break_max_ms", a.break_max_ms, b.break_max_ms);
    found.field("stay_1_ms", a.stay_ms[0], b.stay_ms[0]);
    found.field("stay_2_ms", a.stay_ms[1], b.stay_ms[1]);
    found.field("stay_3_ms", a.stay_ms[2], b.stay_ms[2]);
    found.field("talk_offer_ms", a.talk_offer_ms, b.talk_offer_ms);
    found.field("talk_missed_ms", a.talk_missed_ms, b.talk_missed_ms);
    found.field("talk_close_ms", a.talk_close_ms, b.talk_close_ms);
    found.field("greet_ms", a.greet_ms, b.greet_ms);
    found.field("checkin_missed_ms", a.checkin_missed_ms, b.checkin_missed_ms);
    found.field("visit_left_ms", a.visit_left_ms, b.visit_left_ms);
    return found.text;
}

struct ToChange {
    const core::Directory& before;

    template <class Map, class Record>
    static Change set(const char* what, const Map& map, const Record& record) {
        const auto known = map.find(record.id);
        if (known == map.end()) return {what, record.id.value, "added", ""};
        return {what, record.id.value, "changed", difference(known->second, record)};
    }

    std::optional<Change> operator()(const core::SiteSet& f) const {
        if (before.site.name.empty()) return Change{"site", "", "added", ""};
        return Change{"site", "", "changed", difference(before.site, f.site)};
    }
    std::optional<Change> operator()(const core::PolicySet& f) const {
        if (before.policy.version == 0) return Change{"tiers", "", "added", ""};
        return Change{"tiers", "", "changed", difference(before.policy, f.policy)};
    }
    std::optional<Change> operator()(const core::PersonSet& f) const {
        return set("person", before.people, f.person);
    }
    std::optional<Change> operator()(const core::PersonRemoved& f) const {
        return Change{"person", f.person.value, "removed", ""};
    }
    std::optional<Change> operator()(const core::PlaceSet& f) const {
        return set("place", before.places, f.place);
    }
    std::optional<Change> operator()(const core::PlaceRemoved& f) const {
        return Change{"place", f.place.value, "removed", ""};
    }
    std::optional<Change> operator()(const core::ChildSet& f) const {
        return set("child", before.children, f.child);
    }
    std::optional<Change> operator()(const core::ChildRemoved& f) const {
        return Change{"child", f.child.value, "removed", ""};
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
    const auto* facts = get_if<std::vector<core::Fact>>(&decision);
    if (facts == nullptr) return changes;
    for (const core::Fact& fact : *facts)
        if (auto change = visit(ToChange{state.directory}, fact)) changes.push_back(std::move(*change));
    return changes;
}

}  // namespace attune::app
