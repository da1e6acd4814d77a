// A small ordered map in one piece of memory, for what is filled at once and asked often: whom a call was offered to.
// A walk goes in the order of the keys, as with std::map; its names are the same. Growing moves what is held, so that
// iterators and references last until the next change. One owner, no locks; `at` asserts that the key is there.
#pragma once

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace attune::core {

template <class Key, class Value>
class FlatMap {
public:
    using key_type = Key;
    using mapped_type = Value;
    using value_type = std::pair<Key, Value>;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    iterator begin() { return items_.begin(); }
    iterator end() { return items_.end(); }
    const_iterator begin() const { return items_.begin(); }
    const_iterator end() const { return items_.end(); }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    void clear() { items_.clear(); }
    void reserve(std::size_t size) { items_.reserve(size); }

    iterator find(const Key& key) { return found(items_, key); }
    const_iterator find(const Key& key) const { return found(items_, key); }
    bool contains(const Key& key) const { return find(key) != end(); }
    const Value& at(const Key& key) const {
        const auto found = find(key);
        assert(found != end());
        return found->second;
    }
    Value& operator[](const Key& key) {
        const auto at = place(items_, key);
        return is_at(items_, at, key) ? at->second : items_.insert(at, {key, Value{}})->second;
    }
    void insert_or_assign(const Key& key, Value value) { (*this)[key] = std::move(value); }
    /// The hint is for std::map's sake: what is read back in order is appended all the same.
    void emplace_hint(const_iterator, Key key, Value value) {
        const auto at = place(items_, key);
        if (!is_at(items_, at, key)) items_.insert(at, {std::move(key), std::move(value)});
    }
    void erase(const Key& key) {
        if (const auto found = find(key); found != end()) items_.erase(found);
    }
    template <class Predicate>
    void erase_if(Predicate predicate) {
        std::erase_if(items_, predicate);
    }

    bool operator==(const FlatMap&) const = default;

private:
    /// Where the key is or belongs. Mostly keys come in their order: the end is looked at first.
    template <class Items>
    static auto place(Items& items, const Key& key) {
        if (items.empty() || items.back().first < key) return items.end();
        return std::ranges::lower_bound(items, key, {}, &value_type::first);
    }
    template <class Items, class At>
    static bool is_at(Items& items, At at, const Key& key) {
        return at != items.end() && at->first == key;
    }
    template <class Items>
    static auto found(Items& items, const Key& key) {
        const auto at = place(items, key);
        return is_at(items, at, key) ? at : items.end();
    }

    std::vector<value_type> items_;
};

}  // namespace attune::core
