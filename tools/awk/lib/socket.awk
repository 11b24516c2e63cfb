# socket: kinds and addresses of sockets.

function socket_kind(domain, type,    name, kind, d, t) {
	split("unix inet", name, " ")
	d = hex_int(domain)
	name[10] = "inet6"; name[16] = "netlink"; name[17] = "packet"; name[40] = "vsock"
	split("stream dgram raw rdm seqpacket", kind, " ")
	t = hex_int(type) % 16		# above: SOCK_CLOEXEC, SOCK_NONBLOCK
	return (d in name ? name[d] : "domain " d) " " (t in kind ? kind[t] : "type " t)
}

# The address of the current call, "" where the lines do not say (column ADDR).
function socket_address() {
	return ADDR ? $ADDR : ""
}

function socket_peer() {
	return ADDR && $ADDR != "" ? $ADDR : "?"
}
