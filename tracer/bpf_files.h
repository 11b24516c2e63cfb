/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_files: what a descriptor that a call has made is open on: inode, device, file system, for
 * sockets protocol and addresses, and the names from the file up to the root, as one piece with
 * struct trace_file. Only calls that make or bind descriptors, or change the directory, come here.
 * Included once, by bpf_pieces.h.
 */
#ifndef SYSTAPE_BPF_FILES_H
#define SYSTAPE_BPF_FILES_H

#define NAMES_MOST   3800 /* bytes of all names */
#define NAME_MOST    256  /* of one, with its NUL */
#define DEPTH_MOST   128
#define DENTRY_START 64	    /* bytes of struct dentry that are read at once */
#define CWD	     (-100) /* AT_FDCWD */
#define MODE_TYPE    0170000
#define MODE_SOCKET  0140000
#define MODE_CHAR    0020000
#define DEVICE_PTMX  (5 << 20 | 2)
#define FAMILY_UNIX  1
#define FAMILY_INET  2
#define FAMILY_INET6 10

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct qstr {
	const unsigned char *name;
};

struct hlist_bl_node {
	struct hlist_bl_node *next, **pprev;
};

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct super_block {
	uint32_t s_dev;
	unsigned long s_magic;
};

struct inode {
	uint16_t i_mode;
	unsigned long i_ino;
	uint32_t i_rdev;
	struct super_block *i_sb;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	void *private_data;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root, pwd;
};

struct socket {
	struct sock *sk;
};

struct socket_alloc {
	struct socket socket;
	struct inode vfs_inode;
};

struct in6_addr {
	uint8_t bytes[16];
};

struct sock_common {
	uint16_t skc_family;
	uint16_t skc_dport;
	uint16_t skc_num;
	uint32_t skc_daddr, skc_rcv_saddr;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
	uint16_t sk_type, sk_protocol;
	struct socket *sk_socket;
};

struct sockaddr_un {
	uint16_t sun_family;
};

struct unix_address {
	int len;
	struct sockaddr_un name[];
};

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct netlink_sock {
	uint32_t portid;
};

struct tty_struct {
	int index;
};

struct tty_file_private {
	struct tty_struct *tty;
};
#pragma clang attribute pop

struct name_walk {
	struct dentry *dentry, *top, *root; /* `top`: the root of the mount at hand */
	struct mount *mount, *root_mount;
};

static __always_inline struct mount *mount_of(struct vfsmount *mnt)
{
	return (void *)mnt - bpf_core_field_offset(struct mount, mnt);
}

/* The two fields that a step needs, in one read where they are close to the beginning, as in every
 * kernel so far. */
static __always_inline bool read_dentry(struct dentry *dentry, struct dentry **parent,
					const unsigned char **name)
{
	const uint32_t at_parent = bpf_core_field_offset(struct dentry, d_parent);
	const uint32_t at_name = bpf_core_field_offset(struct dentry, d_name) +
				 bpf_core_field_offset(struct qstr, name);
	char bytes[DENTRY_START];

	if (at_parent > DENTRY_START - 8 || at_name > DENTRY_START - 8) {
		*parent = BPF_CORE_READ(dentry, d_parent);
		*name = BPF_CORE_READ(dentry, d_name.name);
		return true;
	}
	if (bpf_probe_read_kernel(bytes, sizeof(bytes), dentry))
		return false;
	__builtin_memcpy(parent, bytes + at_parent, sizeof(*parent));
	__builtin_memcpy(name, bytes + at_name, sizeof(*name));
	return true;
}

/* Where the names of the piece at hand begin, from the record's start. */
static __always_inline uint32_t names_begin(struct bpf_ring *r)
{
	return (r->walk.at & (PLAN_RECORD_MAX - 8)) + sizeof(struct trace_piece) +
	       sizeof(struct trace_nested) + sizeof(struct trace_file);
}

static __always_inline bool names_full(struct bpf_ring *r)
{
	return r->walk.name_at + NAME_MOST > names_begin(r) + NAMES_MOST;
}

/* One step up: a name, or from the root of a mount to where it is mounted. */
static long one_name(uint32_t i, struct name_walk *n)
{
	struct dentry *dentry = n->dentry, *parent;
	struct mount *mount = n->mount, *up;
	struct bpf_ring *r = this_ring();
	const unsigned char *name;
	long size;

	if (!r || (dentry == n->root && mount == n->root_mount))
		return 1;
	if (dentry == n->top) {
		up = BPF_CORE_READ(mount, mnt_parent);
		if (!up || up == mount) {
			r->walk.name_flags |= TRACE_FILE_NO_ROOT;
			return 1;
		}
		n->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		n->mount = up;
		n->top = BPF_CORE_READ(up, mnt.mnt_root);
		return 0;
	}
	if (names_full(r)) {
		r->walk.name_flags |= TRACE_FILE_CUT;
		return 1;
	}
	if (!read_dentry(dentry, &parent, &name))
		return 1;
	size = bpf_probe_read_kernel_str(piece_at(r, r->walk.name_at), NAME_MOST, name);
	if (size <= 0)
		return 1;
	r->walk.name_at += size & 0x1ff;
	r->walk.names++;
	n->dentry = parent;
	if (dentry == parent) { /* in no folder: a pipe, an anonymous inode, a memfd */
		r->walk.name_flags |= TRACE_FILE_NO_ROOT;
		return 1;
	}
	return 0;
}

static __always_inline void read_inet(struct trace_file *f, struct sock *sk)
{
	struct sock_common *c = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
	uint16_t port = BPF_CORE_READ(c, skc_dport);
	uint32_t address;

	f->local_port = BPF_CORE_READ(c, skc_num);
	f->remote_port = __builtin_bswap16(port);
	if (f->family == FAMILY_INET) {
		address = BPF_CORE_READ(c, skc_rcv_saddr);
		__builtin_memcpy(f->local, &address, 4);
		address = BPF_CORE_READ(c, skc_daddr);
		__builtin_memcpy(f->remote, &address, 4);
	} else if (bpf_core_field_exists(c->skc_v6_daddr)) {
		bpf_core_read(f->local, 16, &c->skc_v6_rcv_saddr);
		bpf_core_read(f->remote, 16, &c->skc_v6_daddr);
	}
}

static __always_inline uint64_t inode_of_socket(struct socket *socket)
{
	struct socket_alloc *all =
		(void *)socket - bpf_core_field_offset(struct socket_alloc, socket);

	return socket ? BPF_CORE_READ(all, vfs_inode.i_ino) : 0;
}

/* The other end, and the address as one more name. */
static __always_inline void read_unix(struct trace_file *f, struct sock *sk, struct bpf_ring *r)
{
	struct unix_sock *u = (void *)sk;
	struct unix_address *address;
	struct sock *peer;
	uint32_t size;

	if (!bpf_core_type_exists(struct unix_sock))
		return;
	peer = BPF_CORE_READ(u, peer);
	if (peer)
		f->peer = inode_of_socket(BPF_CORE_READ(peer, sk_socket));
	address = BPF_CORE_READ(u, addr);
	if (!address)
		return;
	size = BPF_CORE_READ(address, len);
	size = (size - 2) & 0x7f; /* behind the family */
	if (names_full(r) || !size ||
	    bpf_probe_read_kernel(piece_at(r, r->walk.name_at), size,
				  (void *)address +
					  bpf_core_field_offset(struct unix_address, name) + 2))
		return;
	r->walk.name_at += size;
	r->walk.names = 1;
}

static __always_inline void read_socket(struct trace_file *f, struct file *file, struct bpf_ring *r)
{
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);

	if (!sk)
		return;
	f->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	f->type = BPF_CORE_READ(sk, sk_type);
	f->protocol = BPF_CORE_READ(sk, sk_protocol);
	if (f->family == FAMILY_INET || f->family == FAMILY_INET6)
		read_inet(f, sk);
	else if (f->family == FAMILY_UNIX)
		read_unix(f, sk, r);
	else if (f->family == FAMILY_NETLINK && bpf_core_type_exists(struct netlink_sock))
		f->peer = BPF_CORE_READ((struct netlink_sock *)sk, portid);
}

/* Which terminal belongs to a /dev/ptmx. */
static __always_inline void read_terminal(struct trace_file *f, struct file *file)
{
	struct tty_file_private *private;

	if (f->rdev != DEVICE_PTMX || (f->mode & MODE_TYPE) != MODE_CHAR || !file)
		return;
	private = BPF_CORE_READ(file, private_data);
	if (private && bpf_core_type_exists(struct tty_file_private))
		f->peer = BPF_CORE_READ(private, tty, index) + 1;
}

static __always_inline void read_inode(struct trace_file *f, struct inode *inode)
{
	struct super_block *sb = BPF_CORE_READ(inode, i_sb);

	f->inode = BPF_CORE_READ(inode, i_ino);
	f->mode = BPF_CORE_READ(inode, i_mode);
	f->rdev = BPF_CORE_READ(inode, i_rdev);
	f->dev = BPF_CORE_READ(sb, s_dev);
	f->magic = BPF_CORE_READ(sb, s_magic);
}

static __always_inline struct file *file_of(struct task_struct *task, int fd)
{
	struct fdtable *table = task->files->fdt;
	struct file **files, *file = NULL;

	if ((uint32_t)fd >= table->max_fds)
		return NULL;
	files = table->fd;
	bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	return file;
}

/* In no folder any more. */
static __always_inline bool is_gone(struct dentry *dentry)
{
	return !BPF_CORE_READ(dentry, d_hash.pprev) && dentry != BPF_CORE_READ(dentry, d_parent);
}

/* Appends the piece for one descriptor; CWD: for the current directory. Global, so that it is
 * verified once. */
__attribute__((noinline)) int append_file(int fd)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct trace_file f = { .inode = 0 };
	struct name_walk n;
	struct bpf_ring *r = this_ring();
	struct file *file = NULL;
	struct trace_piece *piece;
	struct dentry *dentry;
	struct vfsmount *mnt;
	uint32_t at;

	if (!r)
		return 0;
	at = r->walk.at & (PLAN_RECORD_MAX - 8);
	r->walk.name_at = names_begin(r);
	r->walk.names = r->walk.name_flags = 0;
	if (r->walk.name_at + NAMES_MOST + 16 > r->walk.room) {
		r->walk.flags |= TRACE_F_CUT;
		return 0;
	}
	if (fd != CWD) {
		file = file_of(task, fd);
		if (!file)
			return 0;
		mnt = BPF_CORE_READ(file, f_path.mnt);
		dentry = BPF_CORE_READ(file, f_path.dentry);
		read_inode(&f, BPF_CORE_READ(file, f_inode));
	} else {
		mnt = task->fs->pwd.mnt;
		dentry = task->fs->pwd.dentry;
		read_inode(&f, BPF_CORE_READ(dentry, d_inode));
	}
	n.dentry = dentry;
	n.mount = mount_of(mnt);
	n.root = task->fs->root.dentry;
	n.root_mount = mount_of(task->fs->root.mnt);
	n.top = BPF_CORE_READ(mnt, mnt_root);
	if ((f.mode & MODE_TYPE) == MODE_SOCKET && file) {
		read_socket(&f, file, r);
	} else {
		if (is_gone(dentry))
			r->walk.name_flags |= TRACE_FILE_GONE;
		read_terminal(&f, file);
		bpf_loop(DEPTH_MOST, one_name, &n, 0);
	}
	f.names = r->walk.names;
	f.flags = r->walk.name_flags;
	piece = (void *)piece_at(r, at);
	piece->length = r->walk.name_at - at - sizeof(*piece) - sizeof(struct trace_nested);
	piece->total = piece->length;
	piece->offset = 0;
	piece->arg = piece->spare = 0;
	piece->flags = TRACE_P_NESTED | TRACE_P_EXIT | TRACE_P_FILE;
	*(uint64_t *)piece_at(r, at + sizeof(*piece)) = TRACE_FILE_ADDRESS | (uint32_t)fd;
	__builtin_memcpy(piece_at(r, at + sizeof(*piece) + sizeof(struct trace_nested)), &f,
			 sizeof(f));
	r->walk.at = (r->walk.name_at + 7) & ~7u;
	r->walk.pieces++;
	return 0;
}

struct rights_walk {
	uint64_t address;
	uint32_t count, pad;
};

static long one_right(uint32_t i, struct rights_walk *w)
{
	int fd = -1;

	if (i >= w->count ||
	    bpf_probe_read_user(&fd, sizeof(fd), (void *)(w->address + i * sizeof(fd))) || fd < 0)
		return 1;
	append_file(fd);
	return 0;
}

/* Descriptors in the first message of the control data: where SCM_RIGHTS stands. */
static __always_inline void append_rights(uint64_t message)
{
	uint32_t arch = ring_arch(), width = word_size(arch);
	uint64_t control = read_word(arch, message, 32), size = read_word(arch, message, 40);
	struct rights_walk w = { .address = control + width + 8 };
	uint64_t length = size > width + 8 ? read_word(arch, control, 0) : 0;
	int kind[2] = { 0, 0 };

	if (length <= width + 8 ||
	    bpf_probe_read_user(kind, sizeof(kind), (void *)(control + width)) || kind[0] != 1 ||
	    kind[1] != 1)
		return;
	w.count = (length - width - 8) / sizeof(int);
	bpf_loop(FILE_RIGHTS, one_right, &w, 0);
}

static __always_inline void append_files(struct bpf_walk *w, struct plan_op *op)
{
	int fds[2] = { -1, -1 };

	switch (op->size) {
	case PLAN_FILE_RESULT: append_file(w->result); break;
	case PLAN_FILE_PAIR:
		if (bpf_probe_read_user(fds, sizeof(fds), (void *)arg_of(w, op->arg)))
			break;
		append_file(fds[0]);
		append_file(fds[1]);
		break;
	case PLAN_FILE_ARG: append_file(arg_of(w, op->arg)); break;
	case PLAN_FILE_CWD: append_file(CWD); break;
	case PLAN_FILE_RIGHTS: append_rights(arg_of(w, op->arg)); break;
	}
}

#endif
