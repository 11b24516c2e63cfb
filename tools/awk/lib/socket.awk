# socket: addresses and kinds of sockets.

function socket_kind(domain, type,    name, kind, d, t) {
	split("unix inet", name, " ")
	d = hex_int(domain)
	name[10] = "inet6"; name[16] = "netlink"; name[17] = "packet"; name[40] = "vsock"
	split("stream dgram raw rdm seqpacket", kind, " ")
	t = hex_int(type) % 16		# above: SOCK_CLOEXEC, SOCK_NONBLOCK
	return (d in name ? name[d] : "domain " d) " " (t in kind ? kind[t] : "type " t)
}

# The address that a sockaddr's text stands for: the bytes of the structure with \xHH for what
# cannot be printed, or the text of a decoder, which stays as it is. "" where it is not on the
# tape.
function socket_address(text,    n, byte, family, i, out) {
	if (text == "" || hex_is(text))
		return ""
	n = socket_bytes(text, byte)
	family = byte[1] + byte[2] * 256
	if (family == 2 && n >= 8)
		return byte[5] "." byte[6] "." byte[7] "." byte[8] ":" byte[3] * 256 + byte[4]
	if (family == 10 && n >= 24)
		return "[" socket_inet6(byte) "]:" byte[3] * 256 + byte[4]
	if (family == 1 && n >= 3)
		return socket_path(byte, n)
	if (family == 16 && n >= 8)
		return "netlink:" ((byte[8] * 256 + byte[7]) * 256 + byte[6]) * 256 + byte[5]
	return n < 2 || byte[2] ? text : "family " family
}

function socket_peer(text) {
	text = socket_address(text)
	return text == "" ? "?" : text
}

# Undoes the escapes; byte[1..n] are values.
function socket_bytes(text, byte,    n, i, c) {
	if (!socket_ready++)
		for (i = 0; i < 256; i++) {
			socket_code[sprintf("%c", i)] = i
			socket_code[sprintf("\\x%02X", i)] = i
			socket_code[sprintf("\\x%02x", i)] = i
			socket_char[i] = sprintf(i > 31 && i < 127 ? "%c" : "\\x%02X", i)
		}
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "\\" && substr(text, i + 1, 1) == "x") {
			c = substr(text, i, 4)
			i += 3
		} else if (c == "\\") {
			c = substr(text, ++i, 1)
			c = c == "t" ? "\t" : c == "n" ? "\n" : c == "r" ? "\r" : c
		}
		byte[++n] = socket_code[c] + 0
	}
	return n + 0
}

# The eight groups in hex, the first longest run of zeros as "::"; an IPv4 address in IPv6 as such.
function socket_inet6(byte,    i, group, run, best, at, out) {
	for (i = 0; i < 8; i++) {
		group[i] = byte[9 + 2 * i] * 256 + byte[10 + 2 * i]
		run = group[i] ? 0 : run + 1
		if (run > best) {
			best = run
			at = i - run + 1
		}
	}
	if (best >= 5 && at == 0 && group[5] == 65535)
		return "::ffff:" byte[21] "." byte[22] "." byte[23] "." byte[24]
	for (i = 0; i < 8; i++)
		if (best > 1 && i == at) {
			out = out "::"
			i += best - 1
		} else
			out = out (out == "" || out ~ /::$/ ? "" : ":") sprintf("%x", group[i])
	return out
}

function socket_path(byte, n,    i, out) {
	if (n > 3 && !byte[3])
		out = "@"		# an abstract name
	for (i = byte[3] ? 3 : 4; i <= n && (byte[i] || !byte[3]); i++)
		out = out socket_char[byte[i]]
	return "unix:" out
}
