/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_descriptors: what the descriptors of a call that begins are open on, whatever calls have made
 * them so: as a TRACE_PAYLOAD record before the call, if it is not what was told last. What was
 * told of each descriptor of each process stands in a table of hashes that all CPUs share; another
 * descriptor in its place only makes that it is told again. Included once, by bpf_pieces.h.
 */
#ifndef SYSTAPE_BPF_DESCRIPTORS_H
#define SYSTAPE_BPF_DESCRIPTORS_H

#define PART_ROOM     40 /* bytes of a structure that are read at once, from its first field on: */
#define DENTRY_PART   40
#define SOCK_PART     24
#define FILE_PART     32
#define EVENT_PART    16
#define TYPE_DATAGRAM 2
#define TOLD_ROOM     (sizeof(struct trace_call) + 4096 + PLAN_STATE_SIZE)

/* A field of a structure of which `size` bytes from `from` on have been read, in one read where it
 * is in there, as in every kernel so far. */
#define PART(pointer, type, field, part, from, size)                                               \
	({                                                                                         \
		const uint32_t at_ = bpf_core_field_offset(type, field) - (from);                  \
		typeof(((type *)0)->field) value_;                                                 \
		if (at_ <= (size) - sizeof(value_))                                                \
			__builtin_memcpy(&value_, (part) + at_, sizeof(value_));                   \
		else                                                                               \
			bpf_core_read(&value_, sizeof(value_), &(pointer)->field);                 \
		value_;                                                                            \
	})

/*
 * What tells whether a descriptor is still open on what was told of it: each read costs, so that
 * what it was decides what is looked at. Nothing else can have the same there: addresses of what is
 * in use are not enough, they come again when it is freed, numbers of inodes in no folder do not.
 */
enum told_look {
	LOOK_PATH,	/* its name, in its folder. What names depend on besides is in names.tree */
	LOOK_INODE,	/* of what is in no folder, as pipes */
	LOOK_ANONYMOUS, /* an inode that many may share, the operations, and what is behind */
	LOOK_SIGNALS,	/* and what an anonymous file has there */
	LOOK_EVENT,
	LOOK_SOCKET, /* its inode, and addresses; its sock stays the same */
	LOOK_UNIX,
	LOOK_UNIX_STREAM, /* connected: its other end stays the same, too */
	LOOK_UNIX_WAITS,  /* to be accepted: the other end has no inode yet */
	LOOK_NETLINK,
};

static __always_inline uint64_t look_at_path(struct path *path, char *part)
{
	const uint32_t from = bpf_core_field_offset(struct dentry, d_hash.pprev);
	uint64_t mnt, *words = (uint64_t *)part;
	struct dentry *dentry;

	bpf_core_read(words, 2 * sizeof(*words), path); /* mnt, and dentry behind it */
	mnt = words[0];
	dentry = (void *)words[1];
	bpf_probe_read_kernel(part, DENTRY_PART, (void *)dentry + from);
	return spread(mnt, 0) + spread((uint64_t)dentry, 1) +
	       spread((uint64_t)PART(dentry, struct dentry, d_parent, part, from, DENTRY_PART), 2) +
	       spread((uint64_t)PART(dentry, struct dentry, d_inode, part, from, DENTRY_PART), 3) +
	       spread(PART(dentry, struct dentry, d_name.hash_len, part, from, DENTRY_PART), 4) +
	       spread((uint64_t)PART(dentry, struct dentry, d_hash.pprev, part, from, DENTRY_PART),
		      5);
}

static __always_inline uint64_t look_at_inode(struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	return spread((uint64_t)inode, 3) + spread(BPF_CORE_READ(inode, i_ino), 6);
}

static __always_inline uint64_t look_at_event(struct eventfd_ctx *event, char *part)
{
	const uint32_t from = bpf_core_field_offset(struct eventfd_ctx, count);

	bpf_probe_read_kernel(part, EVENT_PART, (void *)event + from);
	return spread(PART(event, struct eventfd_ctx, count, part, from, EVENT_PART), 9) +
	       spread(PART(event, struct eventfd_ctx, id, part, from, EVENT_PART), 10);
}

static __always_inline uint64_t look_at_anonymous(struct file *file, uint32_t look, char *part)
{
	const uint32_t from = bpf_core_field_offset(struct file, f_op);
	uint64_t hash, set = 0;
	void *private;

	bpf_probe_read_kernel(part, FILE_PART, (void *)file + from);
	private = PART(file, struct file, private_data, part, from, FILE_PART);
	hash = spread((uint64_t)PART(file, struct file, f_op, part, from, FILE_PART), 8) +
	       spread((uint64_t) private, 7);
	if (look == LOOK_EVENT && bpf_core_type_exists(struct eventfd_ctx))
		return hash + look_at_event(private, part);
	if (look != LOOK_SIGNALS)
		return hash + look_at_inode(file);
	bpf_probe_read_kernel(&set, sizeof(set), private);
	return hash + spread(set, 9);
}

/* What may change while the same socket is open: addresses, the other end. */
static __always_inline uint64_t look_at_sock(struct sock *sk, uint32_t look, char *part)
{
	const uint32_t from = bpf_core_field_offset(struct sock, __sk_common);
	struct sock_common *c = (void *)sk + from;
	struct unix_sock *local = (void *)sk;

	if (look == LOOK_UNIX && bpf_core_type_exists(struct unix_sock))
		return spread((uint64_t)BPF_CORE_READ(local, peer), 10) +
		       spread((uint64_t)BPF_CORE_READ(local, addr), 11);
	if (look == LOOK_UNIX_WAITS && bpf_core_type_exists(struct unix_sock))
		return spread((uint64_t)BPF_CORE_READ(local, peer, sk_socket), 10) +
		       spread((uint64_t)BPF_CORE_READ(local, addr), 11);
	if (look == LOOK_UNIX_STREAM && bpf_core_type_exists(struct unix_sock))
		return spread((uint64_t)BPF_CORE_READ(local, addr), 11);
	if (look == LOOK_NETLINK && bpf_core_type_exists(struct netlink_sock))
		return spread(BPF_CORE_READ((struct netlink_sock *)sk, portid), 10);
	bpf_probe_read_kernel(part, SOCK_PART, c);
	return spread((uint64_t)PART(c, struct sock_common, skc_dport, part, 0, SOCK_PART) << 16 |
			      PART(c, struct sock_common, skc_num, part, 0, SOCK_PART),
		      10) +
	       spread((uint64_t)PART(c, struct sock_common, skc_rcv_saddr, part, 0, SOCK_PART)
				      << 32 |
			      PART(c, struct sock_common, skc_daddr, part, 0, SOCK_PART),
		      11);
}

static __always_inline uint64_t look_at_file(struct file *file, uint32_t look, uint64_t sk,
					     char *part)
{
	uint64_t hash = spread((uint64_t)file, 12);

	if (!file)
		return 1;
	if (look == LOOK_PATH)
		return hash + look_at_path(&file->f_path, part);
	if (look == LOOK_INODE)
		return hash + look_at_inode(file);
	if (look <= LOOK_EVENT)
		return hash + look_at_anonymous(file, look, part);
	return hash + spread(sk, 9) + look_at_inode(file) +
	       look_at_sock((struct sock *)sk, look, part);
}

static __always_inline uint32_t unix_look(struct unix_sock *sk)
{
	struct sock *peer = BPF_CORE_READ(sk, peer);

	if (peer && !BPF_CORE_READ(peer, sk_socket))
		return LOOK_UNIX_WAITS;
	return peer && BPF_CORE_READ((struct sock *)sk, sk_type) != TYPE_DATAGRAM ? LOOK_UNIX_STREAM
										  : LOOK_UNIX;
}

static __always_inline void choose_sock_look(struct bpf_told *known, struct file *file)
{
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);
	uint32_t family = BPF_CORE_READ(sk, __sk_common.skc_family);

	known->sk = (uint64_t)sk;
	known->look = family == FAMILY_NETLINK ? LOOK_NETLINK : LOOK_SOCKET;
	if (family == FAMILY_UNIX && bpf_core_type_exists(struct unix_sock))
		known->look = unix_look((struct unix_sock *)sk);
}

static __always_inline uint32_t anonymous_look(struct dentry *dentry)
{
	uint64_t text = name_begin(dentry);

	return text == NAME_EVENTFD    ? LOOK_EVENT
	       : text == NAME_SIGNALFD ? LOOK_SIGNALS
				       : LOOK_ANONYMOUS;
}

static __always_inline void choose_look(struct bpf_told *known, struct file *file)
{
	uint32_t type = BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE;
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);

	if (is_socket(file, type))
		choose_sock_look(known, file);
	else if (BPF_CORE_READ(dentry, d_parent) != dentry)
		known->look = LOOK_PATH;
	else if (type == MODE_FIFO)
		known->look = LOOK_INODE;
	else if (!type || type == MODE_FILE)
		known->look = setting(paths) ? anonymous_look(dentry) : LOOK_INODE;
	else
		known->look = LOOK_PATH;
}

/* What was told of a descriptor stands for this as long as `look_at_descriptor` finds the same. */
static __always_inline uint64_t told_key(uint64_t key)
{
	return key + spread(names.tree, 13);
}

/* Global, as the next two, so that each is verified once; and functions of their own, so that their
 * stack is free again when the record is written: 512 bytes are all that there are. */
__attribute__((noinline)) int is_told(int fd)
{
	struct task_struct *task = bpf_get_current_task_btf();
	uint64_t key = descriptor_key(task, fd, task->group_leader->start_time);
	char part[PART_ROOM] __attribute__((aligned(8)));
	struct bpf_told *known = told_of(key);
	uint64_t look;

	if (!known)
		return 1;
	if (fd == CWD)
		look = look_at_path(&task->fs->pwd, part);
	else
		look = look_at_file(file_of(task, fd), known->look, known->sk, part);
	return known->quick == told_key(key) + look;
}

/* Chooses what is looked at from now on, and does. */
__attribute__((noinline)) uint64_t look_anew(int fd, uint64_t key)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct file *file = fd == CWD ? NULL : rare_file_of(task, fd);
	char part[PART_ROOM] __attribute__((aligned(8)));
	struct bpf_told *known = told_of(key);

	if (!known)
		return 0;
	if (fd == CWD)
		return look_at_path(&BPF_CORE_READ(task, fs)->pwd, part);
	if (file)
		choose_look(known, file);
	return look_at_file(file, known->look, known->sk, part);
}

/* Writes the record, unless it would say what the last one did. False: there was no room. */
static __always_inline bool tell(struct bpf_ring *r, int fd)
{
	uint64_t now, start;
	struct trace_call *c;
	bool room;

	set_busy(r, 0);
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

/* 1: it could not be told. */
__attribute__((noinline)) int tell_descriptor(int fd)
{
	uint64_t key = rare_descriptor_key(fd), now;
	struct bpf_told *known = told_of(key);
	struct bpf_ring *r = this_ring();

	if (!known || !r)
		return 1;
	now = told_key(key) + look_anew(fd, key);
	if (!tell(r, fd))
		return 1;
	known->quick = now;
	return 0;
}

static __always_inline int check_descriptor(int fd)
{
	return likely(is_told(fd)) ? 0 : tell_descriptor(fd);
}

/* The descriptors among a call's arguments, and the directory that its names are relative to. Not
 * 0: something could not be told. */
static __always_inline int check_descriptors(struct bpf_ring *r, const struct pt_regs *regs)
{
	uint32_t marks = r->marks[plan_row(r->arch, r->nr)];
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
