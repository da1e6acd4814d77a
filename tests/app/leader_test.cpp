// Leaders: opening an account, signing in, and how a session ends.
#include "tests/app/browser.hpp"

#include "hub/core/leader_rules.hpp"

using namespace attune;
using namespace attune::test;

namespace {

wire::GoodbyeReason goodbye(Client& client) {
    const auto reason = client.expect<wire::Goodbye>().reason;
    CHECK(client.closed_by_hub);
    return reason;
}

}  // namespace

TEST_CASE("the first administrator opens an account with the one-time code, and nothing is open before the first digits") {
    RealWorld world;
    Client& local = world.local();
    const auto invitation = world.answer<wire::LeaderInvitation>(local, wire::InviteLeader{std::nullopt});
    CHECK(invitation.person == "fay");
    CHECK(invitation.expires_at - world.hub->engine().now() == 86'400'000);
    Browser fay(world, "fay");
    CHECK(fay.post(Path::open, wire::OpenAccount{"AAAAAAAAAA", Browser::good_password}).refused() == "CodeNotValid");
    CHECK(world.work.checks == 0);
    CHECK(fay.post(Path::open, wire::OpenAccount{invitation.code, "too short"}).refused() == "PasswordFormat");
    const auto keys = fay.post(Path::open, wire::OpenAccount{invitation.code, Browser::good_password}).as<wire::AccountKeys>();
    CHECK(keys.recovery.size() == 8);
    CHECK(keys.otpauth.find("secret=" + keys.secret) != std::string::npos);
    CHECK(world.state().accounts.empty());
    CHECK_FALSE(fay.cookie);
    const auto wrong = fay.post(Path::open, wire::ConfirmAccount{invitation.code, "000000"});
    CHECK(wrong.refused() == "DigitsWrong");
    CHECK(wrong.status == 403);
    CHECK(world.state().accounts.empty());
    const auto first = fay.first_digits(keys);
    const auto good = fay.post(Path::open, wire::ConfirmAccount{invitation.code, first});
    CHECK(good.as<wire::LeaderSignedIn>().recovery_left == 8);
    CHECK(fay.cookie);
    CHECK(world.state().accounts.size() == 1);
    CHECK(fay.post(Path::open, wire::OpenAccount{invitation.code, Browser::good_password}).refused() == "CodeNotValid");
    // Digits that were used once are used up.
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, first}).refused() == "SignInWrong");
    world.pass(30'000);
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, fay.digits("fay")}).status == 200);
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, fay.digits("fay")}).refused() == "SignInWrong");
    world.crash();
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, fay.digits("fay")}).refused() == "SignInWrong");
    // A recovery code instead, once, with or without its hyphens.
    std::string recovery = keys.recovery[3];
    std::erase(recovery, '-');
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, recovery}).as<wire::LeaderSignedIn>().recovery_left == 7);
    CHECK(fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, keys.recovery[3]}).refused() == "SignInWrong");
}

TEST_CASE("five wrong digits void the keys of an account that is being opened, and a code is good for half an hour") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    const auto invitation = world.answer<wire::LeaderInvitation>(world.local(), wire::InviteLeader{"gus"});
    CHECK(invitation.expires_at - world.hub->engine().now() == 1'800'000);
    Browser gus(world, "gus");
    const auto keys = gus.post(Path::open, wire::OpenAccount{invitation.code, Browser::good_password}).as<wire::AccountKeys>();
    for (int n = 0; n < 5; ++n) CHECK(gus.post(Path::open, wire::ConfirmAccount{invitation.code, "12345x"}).refused() == "DigitsWrong");
    CHECK(gus.post(Path::open, wire::ConfirmAccount{invitation.code, gus.first_digits(keys)}).refused() == "CodeNotValid");
    const auto again = gus.post(Path::open, wire::OpenAccount{invitation.code, Browser::good_password}).as<wire::AccountKeys>();
    CHECK(again.secret != keys.secret);
    world.pass(1'800'000);
    CHECK(gus.post(Path::open, wire::ConfirmAccount{invitation.code, gus.first_digits(again)}).refused() == "CodeNotValid");
    CHECK_FALSE(world.state().accounts.contains({"gus"}));
}

TEST_CASE("a staff id that nobody has is answered as one that somebody has, try for try, and costs the same") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    std::vector<std::string> known, unknown;
    std::vector<std::uint64_t> known_waits, unknown_waits;
    const auto guess = [&](const char* person, const char* address, auto& names, auto& waits) {
        Browser thief(world, address, address);
        const int before = world.work.checks;
        const auto answer = thief.post(Path::session, wire::SignInLeader{person, "not the password", "123456"}).as<wire::Rejected>();
        names.push_back(answer.name + (world.work.checks > before ? " hashed" : ""));
        waits.push_back(answer.retry_ms.value_or(0));
    };
    for (int n = 0; n < 8; ++n) guess("fay", ("10.0.1." + std::to_string(n)).c_str(), known, known_waits);
    for (int n = 0; n < 8; ++n) guess("nobody", ("10.0.2." + std::to_string(n)).c_str(), unknown, unknown_waits);
    CHECK(known == unknown);
    CHECK(known_waits == unknown_waits);
    CHECK(known == std::vector<std::string>{"SignInWrong hashed", "SignInWrong hashed", "SignInWrong hashed", "SignInWrong hashed",
                                            "SignInWrong hashed", "SignInWait", "SignInWait", "SignInWait"});
    // A teacher has no account and can have none; that shows nowhere either.
    std::vector<std::string> teacher;
    std::vector<std::uint64_t> teacher_waits;
    for (int n = 0; n < 8; ++n) guess("eve", ("10.0.3." + std::to_string(n)).c_str(), teacher, teacher_waits);
    CHECK(teacher == known);
    CHECK(teacher_waits == known_waits);
}

TEST_CASE("wrong sign-ins wait longer and longer, for the account and for the address, across a restart and a clock that is set") {
    RealWorld world;
    Client& oak = world.room("oak");
    Browser fay(world, "fay");
    fay.open("fay");
    for (int n = 0; n < 5; ++n) CHECK(fay.sign_in("fay", "wrong wrong wrong").refused() == "SignInWrong");
    const auto wait = [&] { return fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, fay.digits("fay", 1)}); };
    auto refused = wait();
    CHECK(refused.status == 429);
    CHECK(refused.as<wire::Rejected>().retry_ms.value_or(0) <= 30'000);
    Browser elsewhere(world, "elsewhere", "10.0.0.9");
    CHECK(elsewhere.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, "123456"}).refused() == "SignInWait");
    CHECK(fay.post(Path::session, wire::SignInLeader{"gus", "x", "123456"}).refused() == "SignInWait");  // the address
    SECTION("a crash does not forgive") {
        world.crash();
        CHECK(wait().refused() == "SignInWait");
    }
    SECTION("nor does a wall clock that is set ahead, nor back") {
        world.clock.wall += 86'400'000;
        CHECK(wait().refused() == "SignInWait");
        world.clock.wall -= 2 * 86'400'000;
        CHECK(wait().refused() == "SignInWait");
    }
    SECTION("a room raises all the while") {
        oak.beat();
        world.settle();
        CHECK(raise(world, oak, 2) != 0);
    }
    SECTION("the sixth wrong one waits twice as long") {
        world.pass(30'000);
        CHECK(fay.post(Path::session, wire::SignInLeader{"fay", "wrong", "123456"}).as<wire::Rejected>().retry_ms.value_or(0) == 60'000);
        world.pass(60'000);
        CHECK(fay.sign_in("fay").status == 200);
    }
}

TEST_CASE("an address is held as a whole: the next machine of the same IPv6 network is the same one") {
    CHECK(app::digest_of_address("2001:db8:1:2:aaaa::1") == app::digest_of_address("2001:db8:1:2::9"));
    CHECK(app::digest_of_address("2001:db8::1") == app::digest_of_address("2001:db8::2"));
    CHECK(app::digest_of_address("2001:db8:1:3::1") != app::digest_of_address("2001:db8:1:2::1"));
    CHECK(app::digest_of_address("2001:db8::1:2:3:4:5") == app::digest_of_address("2001:db8:0:1:9:9:9:9"));
    CHECK(app::digest_of_address("10.0.0.1") != app::digest_of_address("10.0.0.2"));
    CHECK(app::digest_of_address("::ffff:10.0.0.1") != app::digest_of_address("::ffff:10.0.0.2"));
}

TEST_CASE("what may be a password") {
    const core::Person person{{"rowan_hale"}, "Rowan Margaret Hale", "Rowan", {}, {}};
    CHECK_FALSE(app::is_password("elevenchars", person));
    CHECK(app::is_password("twelve chars", person));
    CHECK(app::is_password("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc", person));
    CHECK_FALSE(app::is_password("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc", person));
    CHECK(app::is_password(std::string(128, 'x'), person));
    CHECK_FALSE(app::is_password(std::string(129, 'x'), person));
    CHECK_FALSE(app::is_password("rowan margaret hale", person));
    CHECK_FALSE(app::is_password("RowanMargaretHale", person));
    CHECK(app::base32(std::as_bytes(std::span(std::string_view("12345678901234567890")))) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK(app::base32(std::as_bytes(std::span(std::string_view("fooba")))) == "MZXW6YTB");
    CHECK(app::base32(std::as_bytes(std::span(std::string_view("f")))) == "MY");
}

TEST_CASE("one look at a time for each staff id, and few in all, so that handsets' PINs need not wait") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    const int before = world.work.checks;
    const auto first = fay.ask(Path::session, wire::SignInLeader{"fay", "a", "123456"});
    const auto beside = fay.ask(Path::session, wire::SignInLeader{"fay", "b", "123456"});
    const auto second = fay.ask(Path::session, wire::SignInLeader{"gus", "a", "123456"});
    const auto third = fay.ask(Path::session, wire::SignInLeader{"cas", "a", "123456"});
    world.settle();
    CHECK(first->refused() == "SignInWrong");
    CHECK(beside->refused() == "SignInWait");
    CHECK(second->refused() == "SignInWrong");
    CHECK(third->refused() == "SignInWait");
    CHECK(world.work.checks == before + 2);
}

TEST_CASE("frames that don't belong there are refused, and a journal that can't write opens nothing") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    CHECK(fay.post(Path::session, wire::OpenAccount{"AAAAAAAAAA", "x"}).refused() == "NotYours");
    CHECK(fay.post(Path::open, wire::SignInLeader{"fay", "x", "1"}).refused() == "NotYours");
    CHECK(fay.post(Path::open, wire::Live{1}).refused() == "NotYours");
    const auto broken = fay.ask_bytes(Path::session, std::array{std::byte{0x93}});
    world.settle();
    CHECK(broken->refused() == "BadFrame");
    CHECK(broken->status == 400);
    // By a WebSocket they are nobody's.
    Client& page = fay.live();
    CHECK(world.refused(page, wire::SignInLeader{"fay", "x", "1"}) == "NotYours");
    Client& oak = world.room("oak");
    world.disk.refuses_writes = true;
    oak.say(wire::RaiseCall{1, 0, std::nullopt, std::nullopt});
    world.settle();
    REQUIRE_FALSE(world.hub->journal_ok());
    const auto sick = fay.post(Path::session, wire::SignInLeader{"fay", Browser::good_password, fay.digits("fay", 1)});
    CHECK(sick.refused() == "JournalUnavailable");
    CHECK(sick.status == 503);
}

TEST_CASE("a sign-in makes a session of its own, whatever cookie came along, and that one ends") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    const auto first = *fay.cookie;
    Client& page = fay.live();
    CHECK(fay.sign_in("fay").status == 200);
    CHECK(*fay.cookie != first);
    CHECK(goodbye(page) == wire::GoodbyeReason::signed_out);
    CHECK(world.state().leader_sessions.size() == 1);
    CHECK_FALSE(world.state().leader_sessions.contains(app::digest_of(first)));
    // A cookie that somebody made up is nobody's session, before and after.
    fay.cookie = std::array<std::byte, 32>{std::byte{7}};
    CHECK(world.refused(fay.dial(), wire::HelloLeader{"t"}) == "NotSignedIn");
    CHECK(fay.sign_in("fay").status == 200);
    CHECK(*fay.cookie != std::array<std::byte, 32>{std::byte{7}});
}

TEST_CASE("a leader is welcomed by the cookie alone, and a device is what it is whatever its browser sends") {
    RealWorld world;
    Client& oak = world.room("oak");
    Browser fay(world, "fay");
    fay.open("fay");
    Client& page = fay.dial();
    CHECK(world.refused(page, wire::ListDevices{}) == "HelloFirst");
    page.say(wire::HelloLeader{"test 1"});
    world.settle();
    const auto welcome = page.expect<wire::LeaderWelcome>();
    CHECK(welcome.person == "fay");
    CHECK(welcome.roles == std::vector{wire::Role::admin});
    CHECK(page.expect<wire::DeviceChanged>().device.device == oak.device);
    page.expect<wire::Live>();
    CHECK(world.refused(page, wire::RaiseCall{1, 0, {}, {}}) == "NotYours");
    CHECK(world.refused(page, wire::ImportDirectory{{}, false}) == "NotYours");
    CHECK(world.refused(page, wire::ResetAccount{"fay"}) == "NotYours");
    CHECK(world.refused(page, wire::HelloLeader{"t"}) == "AlreadyGreeted");

    Browser stranger(world, "stranger");
    CHECK(world.refused(stranger.dial(), wire::HelloLeader{"t"}) == "NotSignedIn");
    // The cookie of a session that has ended, in a browser that is also a room.
    oak.leader_session = core::Digest{std::byte{1}};
    oak.connect();
    oak.greet();
    world.settle();
    oak.expect<wire::Live>();
    CHECK(raise(world, oak, 1) != 0);
    // And of one that goes on: the room is a room, not a leader.
    oak.leader_session = app::digest_of(*fay.cookie);
    oak.connect();
    oak.greet();
    world.settle();
    oak.expect<wire::Live>();
    CHECK(world.refused(oak, wire::ListDevices{}) == "NotYours");
}

TEST_CASE("a session ends in each of its ways, and every tab is told why at once") {
    RealWorld world;
    Browser fay(world, "fay"), gus(world, "gus");
    fay.open("fay");
    gus.open("gus");
    Client& page = gus.live();
    Client& other_tab = gus.live(" other");
    Client& admin = fay.live();
    const auto both = [&](wire::GoodbyeReason reason) {
        CHECK(goodbye(page) == reason);
        CHECK(goodbye(other_tab) == reason);
        CHECK(admin.connected());
        CHECK(world.refused(gus.dial(" again"), wire::HelloLeader{"t"}) == "NotSignedIn");
    };
    SECTION("signed out by HTTP") {
        const auto out = gus.ask_bytes(Path::sign_out, {});
        world.settle();
        CHECK(out->status == 204);
        CHECK(out->cookie == app::LeaderAnswer::Cookie::clear);
        both(wire::GoodbyeReason::signed_out);
    }
    SECTION("signed out on the page") {
        world.answer<wire::Done>(page, wire::SignOutLeader{});
        both(wire::GoodbyeReason::signed_out);
    }
    SECTION("by an administrator") {
        CHECK(world.refused(page, wire::EndLeaderSessions{"fay"}) == "NotYourRole");
        world.answer<wire::Done>(admin, wire::EndLeaderSessions{"gus"});
        both(wire::GoodbyeReason::signed_out);
    }
    SECTION("by a reset on the hub itself") {
        world.answer<wire::Done>(world.local(), wire::ResetAccount{"gus"});
        both(wire::GoodbyeReason::signed_out);
        CHECK(gus.sign_in("gus").refused() == "SignInWrong");
        CHECK(world.refused(world.local(), wire::ResetAccount{"gus"}) == "NoAccount");
    }
    SECTION("idle for half an hour: queries and beats are no person") {
        for (int minute = 0; minute < 29; ++minute) {
            world.pass(60'000);
            world.answer<wire::Done>(admin, wire::KeepSession{});
            world.answer<wire::Devices>(page, wire::ListDevices{});
        }
        CHECK(page.connected());
        world.pass(60'000);
        both(wire::GoodbyeReason::expired);
    }
    SECTION("after twelve hours, whoever is there") {
        for (int quarter = 0; quarter < 47; ++quarter) {
            world.pass(900'000);
            for (Client* each : {&page, &admin}) world.answer<wire::Done>(*each, wire::KeepSession{});
            page.forget();
            other_tab.forget();
        }
        CHECK(page.connected());
        world.pass(900'000);
        CHECK(goodbye(page) == wire::GoodbyeReason::expired);
        CHECK_FALSE(admin.connected());
    }
    SECTION("the role is taken away") {
        core::Directory changed = real_school();
        changed.people[{"gus"}].roles = {core::Role::teacher};
        world.hub->import(changed, true);
        world.settle();
        both(wire::GoodbyeReason::role_changed);
        CHECK(gus.sign_in("gus").refused() == "SignInWrong");
        // It has ended, and does not only rest: a role that is given back opens no browser by itself.
        world.hub->import(real_school(), true);
        world.settle();
        CHECK(world.refused(gus.dial(" back"), wire::HelloLeader{"t"}) == "NotSignedIn");
    }
    SECTION("the person has left") {
        core::Directory changed = real_school();
        changed.people.erase({"gus"});
        world.hub->import(changed, true);
        world.settle();
        both(wire::GoodbyeReason::role_changed);
        CHECK(world.state().accounts.size() == 1);
        // Somebody new with the same staff id does not get the old account.
        world.hub->import(real_school(), true);
        world.settle();
        CHECK_FALSE(world.state().accounts.contains({"gus"}));
    }
    SECTION("another role: the page comes again and is told the new ones") {
        core::Directory changed = real_school();
        changed.people[{"gus"}].roles = {core::Role::dsl};
        world.hub->import(changed, true);
        world.settle();
        CHECK(goodbye(page) == wire::GoodbyeReason::role_changed);
        Client& again = gus.dial();
        again.say(wire::HelloLeader{"t"});
        world.settle();
        CHECK(again.expect<wire::LeaderWelcome>().roles == std::vector{wire::Role::dsl});
    }
}

TEST_CASE("a session outlives a restart, and its times do not begin anew") {
    RealWorld world;
    Browser fay(world, "fay");
    fay.open("fay");
    world.pass(1'700'000);
    world.crash();
    fay.live();
    world.pass(100'000);
    CHECK(world.state().leader_sessions.empty());
}

TEST_CASE("accounts are for the role admin, and nobody takes over an account that is open") {
    RealWorld world;
    Browser fay(world, "fay"), gus(world, "gus");
    fay.open("fay");
    gus.open("gus");
    Client& admin = fay.live();
    Client& head = gus.live();
    CHECK(world.refused(head, wire::ListAccounts{}) == "NotYourRole");
    CHECK(world.refused(head, wire::InviteLeader{"cas"}) == "NotYourRole");
    CHECK(world.refused(admin, wire::InviteLeader{"gus"}) == "AccountExists");
    CHECK(world.refused(admin, wire::InviteLeader{"eve"}) == "MayNotLead");
    CHECK(world.refused(admin, wire::InviteLeader{"nobody"}) == "NoSuchPerson");
    CHECK(world.refused(world.local(), wire::InviteLeader{std::nullopt}) == "AccountExists");
    const auto first = world.answer<wire::LeaderInvitation>(admin, wire::InviteLeader{"cas"});
    const auto second = world.answer<wire::LeaderInvitation>(admin, wire::InviteLeader{"cas"});
    Browser cas(world, "cas");
    CHECK(cas.post(Path::open, wire::OpenAccount{first.code, Browser::good_password}).refused() == "CodeNotValid");
    CHECK(cas.post(Path::open, wire::OpenAccount{second.code, Browser::good_password}).status == 200);
    const auto list = world.answer<wire::Accounts>(admin, wire::ListAccounts{});
    CHECK(list.open == 2);
    REQUIRE(list.accounts.size() == 3);
    CHECK(list.accounts[0].state == wire::AccountState::invited);
    CHECK(list.accounts[1].state == wire::AccountState::open);
    CHECK(list.accounts[1].sessions == 1);
}
