/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_descriptors: what the descriptors of a call that begins are open on, whatever calls have made
 * them so: as a TRACE_PAYLOAD record before the call, if it is not what was told last. What was
 * told of each descriptor of each process stands in a table of hashes that all CPUs share; another
 * descriptor in its place only makes that it is told again. Included once, by bpf_pieces.h.
 */
#ifndef SYSTAPE_BPF_DESCRIPTORS_H
#define SYSTAPE_BPF_DESCRIPTORS_H

#define FILE_PART   48 /* bytes of structures that are read at once */
#define DENTRY_PART 56
#define INODE_PART  72
#define SOCK_PART   24
#define UNIX_PART   96 /* from its name on */
#define TOLD_ROOM   (sizeof(struct trace_call) + 4096 + PLAN_STATE_SIZE)

/* A field of a structure whose beginning has been read, in one read where it is in there, as in
 * every kernel so far. */
#define PART(pointer, type, field, part)                                                           \
	({                                                                                         \
		const uint32_t at_ = bpf_core_field_offset(type, field);                           \
		typeof(((type *)0)->field) value_;                                                 \
		if (at_ <= sizeof(part) - sizeof(value_))                                          \
			__builtin_memcpy(&value_, (part) + at_, sizeof(value_));                   \
		else                                                                               \
			bpf_core_read(&value_, sizeof(value_), &(pointer)->field);                 \
		value_;                                                                            \
	})

/* A UNIX socket's name and other end, in one read where they stand close together. */
static __always_inline uint64_t hash_unix(struct unix_sock *sk)
{
	const uint32_t at_name = bpf_core_field_offset(struct unix_sock, addr),
		       at_peer = bpf_core_field_offset(struct unix_sock, peer);
	uint64_t name, peer;
	char part[UNIX_PART];

	if (at_peer < at_name || at_peer - at_name > sizeof(part) - sizeof(peer))
		return spread((uint64_t)BPF_CORE_READ(sk, peer), 10) +
		       spread((uint64_t)BPF_CORE_READ(sk, addr), 11);
	bpf_probe_read_kernel(part, sizeof(part), (void *)sk + at_name);
	__builtin_memcpy(&name, part, sizeof(name));
	__builtin_memcpy(&peer, part + (at_peer - at_name), sizeof(peer));
	return spread(peer, 10) + spread(name, 11);
}

/* What may change while the same socket is open: addresses, the other end. */
static __always_inline uint64_t hash_sock(struct sock *sk)
{
	struct sock_common *c = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
	char part[SOCK_PART];
	uint16_t family;

	bpf_probe_read_kernel(part, sizeof(part), c);
	family = PART(c, struct sock_common, skc_family, part);
	if (family == FAMILY_UNIX && bpf_core_type_exists(struct unix_sock))
		return hash_unix((void *)sk);
	if (family == FAMILY_NETLINK && bpf_core_type_exists(struct netlink_sock))
		return spread(BPF_CORE_READ((struct netlink_sock *)sk, portid), 10);
	return spread((uint64_t)PART(c, struct sock_common, skc_dport, part) << 16 |
			      PART(c, struct sock_common, skc_num, part),
		      10) +
	       spread((uint64_t)PART(c, struct sock_common, skc_rcv_saddr, part) << 32 |
			      PART(c, struct sock_common, skc_daddr, part),
		      11);
}

/* Sockets' inodes have numbers that do not come again. */
static __always_inline uint64_t hash_socket(struct inode *inode)
{
	struct socket *socket =
		(void *)inode - bpf_core_field_offset(struct socket_alloc, vfs_inode);
	struct sock *sk = BPF_CORE_READ(socket, sk);

	return spread(BPF_CORE_READ(inode, i_ino), 6) + spread((uint64_t)sk, 9) + hash_sock(sk);
}

/* What is in no folder: pipes, anonymous files, whose inodes have such numbers, too. What an
 * anonymous file has is behind it. */
static __always_inline uint64_t hash_nameless(struct file *file, struct dentry *dentry,
					      struct inode *inode)
{
	char part[INODE_PART];
	uint64_t hash;
	uint32_t type;

	bpf_probe_read_kernel(part, sizeof(part), inode);
	type = PART(inode, struct inode, i_mode, part) & MODE_TYPE;
	hash = spread(PART(inode, struct inode, i_ino, part), 6);
	if (type == MODE_SOCKET)
		return hash + hash_socket(inode);
	if (!settings.paths || (type && type != MODE_FILE))
		return hash;
	hash += spread((uint64_t)BPF_CORE_READ(file, private_data), 7);
	return hash + spread(special_value(file, dentry), 8);
}

/* All that tells whether this is still what was told: addresses of what is in use are not enough,
 * they come again when it is freed. What names depend on besides is in bpf_names.tree. */
static __always_inline uint64_t hash_path(struct file *file, struct vfsmount *mnt,
					  struct dentry *dentry)
{
	struct dentry *parent;
	char part[DENTRY_PART];
	struct inode *inode;
	uint64_t hash;

	bpf_probe_read_kernel(part, sizeof(part), dentry);
	parent = PART(dentry, struct dentry, d_parent, part);
	inode = PART(dentry, struct dentry, d_inode, part);
	hash = spread((uint64_t)mnt, 0) + spread((uint64_t)dentry, 1) +
	       spread((uint64_t)parent, 2) + spread((uint64_t)inode, 3) +
	       spread(PART(dentry, struct dentry, d_name.hash_len, part), 4) +
	       spread((uint64_t)PART(dentry, struct dentry, d_hash.pprev, part), 5);
	return parent == dentry && file ? hash + hash_nameless(file, dentry, inode) : hash;
}

struct file_parts {
	struct vfsmount *mnt;
	struct dentry *dentry;
	struct inode *inode;
};

/* In one read where they stand close together, as in every kernel so far. */
static __always_inline void read_parts(struct file_parts *p, struct file *file)
{
	const uint32_t at_path = bpf_core_field_offset(struct file, f_path),
		       at_inode = bpf_core_field_offset(struct file, f_inode),
		       first = at_path < at_inode ? at_path : at_inode;
	char part[FILE_PART];

	if (at_path - first > FILE_PART - 16 || at_inode - first > FILE_PART - 8) {
		p->mnt = BPF_CORE_READ(file, f_path.mnt);
		p->dentry = BPF_CORE_READ(file, f_path.dentry);
		p->inode = BPF_CORE_READ(file, f_inode);
		return;
	}
	bpf_probe_read_kernel(part, sizeof(part), (void *)file + first);
	__builtin_memcpy(&p->mnt, part + (at_path - first), 8);
	__builtin_memcpy(&p->dentry, part + (at_path - first) + 8, 8);
	__builtin_memcpy(&p->inode, part + (at_inode - first), 8);
}

static __always_inline uint64_t hash_file(struct file *file)
{
	struct file_parts p;

	if (!file)
		return 1;
	read_parts(&p, file);
	return spread((uint64_t)file, 12) +
	       (p.mnt == names.sockets ? hash_socket(p.inode) : hash_path(file, p.mnt, p.dentry));
}

/* Writes the record, unless it would say what the last one did. False: there was no room. */
static __always_inline bool tell(struct bpf_ring *r, int fd)
{
	uint64_t now, start;
	struct trace_call *c;
	bool room;

	set_busy(r);
	now = bpf_ktime_get_ns();
	room = ring_begin(r, TOLD_ROOM, now, &start);
	if (room) {
		c = call_record(r, start, TRACE_PAYLOAD, now, bpf_get_current_pid_tgid(), r->nr,
				r->arch & 3);
		c->enter = 0;
		r->walk.start = start;
		r->walk.at = sizeof(*c);
		r->walk.room = TOLD_ROOM;
		r->walk.pieces = r->walk.flags = 0;
		append_file(fd, FILE_BEGIN);
		c = ring_at(r, start);
		c->pieces = r->walk.pieces;
		if (c->pieces)
			ring_end(r, c, start, r->walk.at);
	}
	clear_busy(r);
	return room;
}

/* Of a descriptor, or the current directory, of the current task. In a function of its own, so that
 * its stack is free again when the record is written: 512 bytes are all that there are. */
__attribute__((noinline)) uint64_t hash_descriptor(int fd)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (fd == CWD)
		return hash_path(NULL, BPF_CORE_READ(task, fs, pwd.mnt),
				 BPF_CORE_READ(task, fs, pwd.dentry));
	return hash_file(file_of(task, fd));
}

/* Global, so that it is verified once. 1: it could not be told. */
__attribute__((noinline)) int check_descriptor(int fd)
{
	uint64_t key = descriptor_key(bpf_get_current_task_btf(), fd), quick;
	struct bpf_told *known = told_of(key);
	struct bpf_ring *r;

	if (!known)
		return 0;
	quick = key + spread(names.tree, 13) + hash_descriptor(fd);
	if (likely(known->quick == quick))
		return 0;
	r = this_ring();
	if (!r || !tell(r, fd))
		return 1;
	known->quick = quick;
	return 0;
}

/* The descriptors among a call's arguments, and the directory that its names are relative to. Not
 * 0: something could not be told. */
static __always_inline int check_descriptors(struct bpf_ring *r, const struct pt_regs *regs)
{
	uint32_t marks = settings.marks[plan_row(r->arch, r->nr)];
	int failed = 0;

	if (likely(marks == 1))
		return check_descriptor(r->arch == TRACE_I386 ? regs->bx : regs->di);
	read_args(regs, r->arch, r->walk.args);
	if (marks & PLAN_MARK_CWD)
		failed = check_descriptor(CWD);
	for (int i = 0; i < 6; i++)
		if (marks >> i & 1)
			failed |= check_descriptor(r->walk.args[i]);
	return failed;
}

#endif
