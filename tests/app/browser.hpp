// A leader's browser: asks over HTTP as net would, keeps the cookie, and opens connections that carry it.
#pragma once

#include "hub/app/leader_words.hpp"
#include "hub/app/secrets.hpp"
#include "tests/app/world.hpp"

namespace attune::test {

using Path = app::LeaderRequest::Path;

class Browser {
  public:
    Browser(World& world, std::string name, std::string address = "10.0.0.5") : address(std::move(address)), world_(world), name_(std::move(name)) {}

    struct Answer {
        unsigned status = 0;  // 0: none has come
        std::optional<wire::AnyMessage> message;
        app::LeaderAnswer::Cookie cookie{};
        template <class Message>
        Message as() const {
            REQUIRE(message);
            const auto* found = get_if<Message>(&*message);
            INFO(status << " " << (holds_alternative<wire::Rejected>(*message) ? get<wire::Rejected>(*message).name : ""));
            REQUIRE(found != nullptr);
            return *found;
        }
        std::string refused() const { return as<wire::Rejected>().name; }
    };

    /// The answer is in `*answer` once the world has settled.
    template <class Message>
    std::shared_ptr<Answer> ask(Path path, const Message& message) {
        std::vector<std::byte> body;
        REQUIRE(wire::encode(message, std::nullopt, body).has_value());
        return ask_bytes(path, body);
    }
    std::shared_ptr<Answer> ask_bytes(Path path, std::span<const std::byte> body) {
        auto answer = std::make_shared<Answer>();
        app::LeaderRequest request{path, body, address, std::nullopt};
        if (cookie) request.session = app::digest_of(*cookie);
        world_.hub->leader_asked(request, [this, answer](const app::LeaderAnswer& given) {
            REQUIRE(answer->status == 0);  // once
            answer->status = given.status;
            answer->cookie = given.cookie;
            if (!given.frame.empty()) {
                auto read = wire::decode(given.frame);
                REQUIRE(read.has_value());
                answer->message = std::move(read->message);
            }
            if (given.cookie == app::LeaderAnswer::Cookie::set) cookie = given.secret;
            if (given.cookie == app::LeaderAnswer::Cookie::clear) cookie.reset();
        });
        return answer;
    }
    template <class Message>
    Answer post(Path path, const Message& message) {
        const auto answer = ask(path, message);
        world_.settle();
        REQUIRE(answer->status != 0);
        return *answer;
    }

    /// The digits of now, or of `later` steps after it.
    std::string digits(const std::string& person, int later = 0) const {
        return PlainCodes::digits_of(world_.state().accounts.at({person}).totp, world_.clock.wall / 30'000 + later);
    }
    /// Waits for the next digits, so that they are new.
    Answer sign_in(const std::string& person, const std::string& password = good_password) {
        world_.pass(30'000);
        return post(Path::session, wire::SignInLeader{person, password, world_.state().accounts.contains({person}) ? digits(person) : "123456"});
    }

    /// From the invitation to the first session.
    wire::AccountKeys open(const std::string& person) {
        Client& local = world_.local();
        const wire::Id id = local.say(wire::InviteLeader{person});
        world_.settle();
        const std::string code = local.answer_to<wire::LeaderInvitation>(id).code;
        const auto keys = post(Path::open, wire::OpenAccount{code, good_password}).template as<wire::AccountKeys>();
        post(Path::open, wire::ConfirmAccount{code, first_digits(keys)}).template as<wire::LeaderSignedIn>();
        return keys;
    }
    std::string first_digits(const wire::AccountKeys& keys, int later = 0) const {
        // The secret's first byte, out of base32's first two letters.
        const auto value = [](char c) { return c >= 'A' ? c - 'A' : c - '2' + 26; };
        core::Sealed sealed{};
        sealed[0] = static_cast<std::byte>(value(keys.secret[0]) << 3 | value(keys.secret[1]) >> 2);
        return PlainCodes::digits_of(sealed, world_.clock.wall / 30'000 + later);
    }

    /// A connection that carries the cookie; not greeted yet.
    Client& dial(const std::string& tab = "") {
        Client& client = world_.client(name_ + tab);
        client.leader_session = cookie ? std::optional(app::digest_of(*cookie)) : std::nullopt;
        client.connect();
        return client;
    }
    /// Welcomed and live.
    Client& live(const std::string& tab = "") {
        Client& client = dial(tab);
        client.say(wire::HelloLeader{"test 1"});
        world_.settle();
        client.expect<wire::Live>();
        return client;
    }

    static constexpr const char* good_password = "a few plain words";
    std::string address;
    std::optional<std::array<std::byte, 32>> cookie;

  private:
    World& world_;
    std::string name_;
};

/// A school of its own, no example: fay is admin, gus is head, cas is duty lead, the others have no such role.
inline core::Directory real_school() {
    core::Directory school = small_school();
    school.site.example = false;
    school.people[{"fay"}] = {{"fay"}, "Fay Example", "Fay", {core::Role::admin}, {"office"}};
    school.people[{"gus"}] = {{"gus"}, "Gus Example", "Gus", {core::Role::head}, {"office"}};
    return school;
}

struct RealWorld : World {
    RealWorld() {
        hub->import(real_school(), true);
        settle();
    }
    template <class Answer, class Message>
    Answer answer(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        settle();
        return client.answer_to<Answer>(id);
    }
    template <class Message>
    std::string refused(Client& client, const Message& message) {
        return answer<wire::Rejected>(client, message).name;
    }
};

}  // namespace attune::test
