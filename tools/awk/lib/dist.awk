# dist: distributions of whole numbers: count, sum, largest, percentiles, log2 histogram.
#
# Values are exact below 1024; above they are cut to 9 or 10 bits, so that a percentile reads up to
# 0.4 % low and memory does not grow with the number of values. Bucket 1024 * S + V has the values
# that are V when 2 * S bits are cut off.

# Adds a value of 0 or more to the distribution `key`. This runs once per call: it only counts.
function dist_add(key, value,    shift) {
	if ((sum_low[key] += value) >= 1000000000000000)
		sum_add(key, 0)
	if (value > dist_max[key])
		dist_max[key] = value
	if (value >= 1024) {
		for (; value >= 262144; value /= 256)
			shift += 4096
		for (; value >= 1024; value /= 4)
			shift += 1024
		value = int(value)
	}
	dist_bucket[key, shift + value]++
}

# To be called once, behind the last dist_add(). With a name for `all` it makes the distribution of
# all values as well.
function dist_end(all,    place, part, count) {
	for (place in dist_bucket)
		count[place] = dist_bucket[place]
	for (place in count) {
		split(place, part, SUBSEP)
		dist_count[part[1]] += count[place]
		dist_shift[part[1], int(part[2] / 1024)]
		if (all == "")
			continue
		dist_count[all] += count[place]
		dist_shift[all, int(part[2] / 1024)]
		dist_bucket[all, part[2]] += count[place]
		if (dist_max[part[1]] > dist_max[all])
			dist_max[all] = dist_max[part[1]]
	}
}

# dist_nth[1..n] = the buckets of `key`, lowest first. Returns n.
function dist_sort(key,    shift, bucket) {
	if (dist_key == key)
		return dist_n
	dist_key = key
	dist_n = 0
	for (shift = 0; shift < 27; shift++) {
		if (!((key, shift) in dist_shift))
			continue
		for (bucket = shift ? 256 : 0; bucket < 1024; bucket++)
			if ((key, shift * 1024 + bucket) in dist_bucket)
				dist_nth[++dist_n] = shift * 1024 + bucket
	}
	return dist_n
}

# The lowest value of a bucket.
function dist_low(bucket,    value) {
	value = bucket % 1024
	for (bucket = int(bucket / 1024); bucket > 0; bucket--)
		value *= 4
	return value
}

# The value that `share` (0 to 1) of the values do not exceed.
function dist_at(key, share,    n, i, wanted, seen) {
	n = dist_sort(key)
	wanted = dist_count[key] * share
	for (i = 1; i < n; i++) {
		seen += dist_bucket[key, dist_nth[i]]
		if (seen >= wanted)
			return dist_low(dist_nth[i])
	}
	return dist_max[key] + 0
}

function dist_mean(key) {
	return sprintf("%.1f", sum_about(key) / dist_count[key])
}

# A table with a bar for each power of two of value / scale. It is exact for the scales 1 and 1000,
# whose boundaries no cut moves.
function dist_bars(key, title, scale,    n, i, low, step, count, first, last, most) {
	n = dist_sort(key)
	first = 99
	for (i = 1; i <= n; i++) {
		step = 0
		for (low = int(dist_low(dist_nth[i]) / scale); low >= 1; low = int(low / 2))
			step++
		count[step] += dist_bucket[key, dist_nth[i]]
		if (count[step] > most)
			most = count[step]
		if (step < first)
			first = step
		last = step
	}
	table_start(title, "FROM BELOW COUNT <BAR")
	low = 1		# busybox awk may be built without powers
	for (i = 0; i <= last; i++) {
		if (i >= first)
			table_row(i ? low / 2 : 0, low, count[i] + 0, bar(count[i], most, 50))
		low *= 2
	}
	table_end()
}
