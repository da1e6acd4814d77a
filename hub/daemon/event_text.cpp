// Walks the facts by their description, so that a new field is printed without a line here. What must not be printed is
// named by its type, so that a new place of use can't forget it.
#include "hub/daemon/event_text.hpp"

#include <array>
#include <concepts>
#include <ctime>
#include <map>
#include <set>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "hub/core/step.hpp"
#include "hub/daemon/json.hpp"
#include "hub/journal/describe.hpp"
#include "hub/journal/event_codec.hpp"

namespace attune::daemon {

namespace {

constexpr std::string_view withheld = "\"withheld\"";

template <class T>
concept TextId = requires(const T& id) {
    { id.value } -> std::convertible_to<std::string_view>;
};

class Writer {
  public:
    explicit Writer(Children children) : children_(children) {}
    std::string out;

    void write(bool value) { out += value ? "true" : "false"; }
    void write(const std::string& value) { out += json_text(value); }
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    void write(T value) {
        out += std::to_string(value);
    }
    template <class T>
        requires std::is_enum_v<T>
    void write(T value) {
        out += json_text(boost::describe::enum_to_string(value, "?"));
    }
    template <TextId T>
    void write(const T& id) {
        out += json_text(id.value);
    }
    void write(const core::VisitId& id) { write(id.value); }
    void write(const core::RecordId& id) { write(id.value); }
    void write(const core::CallId& id) { write(id.value); }
    void write(const core::TalkId& id) { write(id.value); }
    void write(const core::CheckinId& id) { write(id.value); }
    void write(const core::NoteId& id) { write(id.value); }
    void write(const core::SealedText&) { out += withheld; }
    void write(const core::Digest&) { out += withheld; }  // of secrets
    template <class T, std::size_t N>
    void write(const std::array<T, N>& items) {
        list(items);
    }
    template <class T>
    void write(const std::vector<T>& items) {
        list(items);
    }
    template <class T>
    void write(const std::set<T>& items) {
        list(items);
    }

    void write(const core::ChildPlan& child) {
        if (children_ == Children::shown) return members(child);
        out += withheld;
    }
    /// Next to a place and the adults who came, a reference tells who it was; and the same one twice tells more.
    void write(const core::ChildId& id) { out += children_ == Children::shown ? json_text(id.value) : withheld; }
    void write(const core::Sealed&) { out += withheld; }
    void write(const core::Account&) { out += withheld; }
    void write(const core::PinSet& fact) {
        out += fmt::format("{{\"person\":{},\"pin\":{}}}", json_text(fact.person.value), withheld);
    }
    template <class T>
        requires(boost::describe::has_describe_members<T>::value && !TextId<T>)
    void write(const T& value) {
        members(value);
    }

  private:
    template <class Items>
    void list(const Items& items) {
        out += '[';
        bool first = true;
        for (const auto& item : items) {
            if (!first) out += ',';
            first = false;
            write(item);
        }
        out += ']';
    }

    template <class T>
    void members(const T& value) {
        out += '{';
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_any_access>>(
            [&](auto member) {
                name(member.name);
                write(value.*member.pointer);
            });
        out += '}';
    }

    void name(std::string_view name) {
        if (out.back() != '{') out += ',';
        ((out += '"') += name) += "\":";
    }

    Children children_;
};

}  // namespace

std::string utc(core::Ms wall) {
    const std::time_t seconds = static_cast<std::time_t>(wall >= 0 ? wall / 1'000 : (wall - 999) / 1'000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       wall - static_cast<core::Ms>(seconds) * 1'000);
}

std::string event_json(const core::Event& event, Children children) {
    Writer writer(children);
    writer.out = fmt::format("{{\"seq\":{},\"wall\":\"{}\",\"at\":{},\"kind\":\"{}\"", event.seq, utc(event.wall),
                             event.at, journal::kind_of(event.fact));
    if (const auto call = core::call_of(event)) writer.out += fmt::format(",\"call\":{}", call->value);
    if (!event.device.empty()) writer.out += fmt::format(",\"device\":{}", json_text(event.device.value));
    if (!event.actor.empty()) writer.out += fmt::format(",\"actor\":{}", json_text(event.actor.value));
    if (event.occurred_at != 0) writer.out += fmt::format(",\"occurred_at\":{}", event.occurred_at);
    if (event.cause != 0) writer.out += fmt::format(",\"cause\":{}", event.cause);
    if (event.command != core::CommandId{}) {
        writer.out += ",\"command\":\"";
        for (const std::byte byte : event.command)
            writer.out += fmt::format("{:02x}", static_cast<unsigned>(byte));
        writer.out += '"';
    }
    if (event.late) writer.out += ",\"late\":true";
    writer.out += ",\"fact\":";
    visit([&](const auto& fact) { writer.write(fact); }, event.fact);
    writer.out += '}';
    return std::move(writer.out);
}

std::string event_line(const core::Event& event) {
    const auto call = core::call_of(event);
    return fmt::format("{:>8}  {}  {:<22} {:<12} {:<16} {}{}", event.seq, utc(event.wall), journal::kind_of(event.fact),
                       call ? fmt::format("call {}", call->value) : "", event.device.value, event.actor.value,
                       event.late ? " (written late)" : "");
}

}  // namespace attune::daemon
