// One line of JSON for a described struct of the wire: the field names of protocol/README.md, binaries in hexadecimal,
// absent fields left out. Control characters and the marks that turn text around are written as \uXXXX.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "protocol/cpp/generated/messages.hpp"

namespace attune::cli {

/// In quotes and escaped. The text must be UTF-8.
std::string json_text(std::string_view text);

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
std::string json_fields(const T& value);

template <class T>
std::string json_value(const T& value) {
    if constexpr (std::same_as<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::integral<T>)
        return fmt::format("{}", value);
    else if constexpr (std::is_enum_v<T>)
        return json_text(to_string(value));
    else if constexpr (std::convertible_to<T, std::string_view>)
        return json_text(value);
    else if constexpr (Described<T>)
        return "{" + json_fields(value) + "}";
    else {
        std::string out;
        if constexpr (std::same_as<std::remove_cvref_t<decltype(*value.begin())>, std::byte>) {
            for (const auto byte : value)
                out += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
            return json_text(out);
        } else {
            for (const auto& item : value)
                out += (out.empty() ? "" : ",") + json_value(item);
            return "[" + out + "]";
        }
    }
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Every object that attune prints says by "kind" what it is, so that the kind of a device has a name of its own.
template <class T>
constexpr std::string_view json_name(std::string_view member) {
    if (member != "kind") return member;
    if constexpr (std::same_as<T, protocol::DeviceView>) return "device_kind";
    if constexpr (std::same_as<T, protocol::PlaceRef>) return "place_kind";
    return member;
}

/// "a":1,"b":"x" of a described struct, without braces.
template <class T>
std::string json_fields(const T& value) {
    std::string out;
    const auto add = [&](std::string_view name, const auto& field) {
        out += fmt::format("{}\"{}\":{}", out.empty() ? "" : ",", name, json_value(field));
    };
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
            if (field) add(json_name<T>(member.name), *field);
        } else {
            add(json_name<T>(member.name), field);
        }
    });
    return out;
}

}  // namespace attune::cli
